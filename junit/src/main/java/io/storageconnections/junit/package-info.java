/**
 * For the tests of an integration: a server that needs no network, no database and no identity
 * provider, for as long as a test class runs.
 *
 * <p>Stability: from 1.0.0 on, what is public here changes incompatibly with a new major version
 * only; until then, with any.
 */
@NullMarked
package io.storageconnections.junit;

import org.jspecify.annotations.NullMarked;
