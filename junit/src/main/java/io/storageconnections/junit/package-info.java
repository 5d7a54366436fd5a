/**
 * For the tests of an integration: a server that needs no network, no database and no identity
 * provider, for as long as a test class runs.
 */
@NullMarked
package io.storageconnections.junit;

import org.jspecify.annotations.NullMarked;
