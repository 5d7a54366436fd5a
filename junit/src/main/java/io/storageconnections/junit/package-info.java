/**
 * A JUnit extension that starts a server for a test class or for each test. The server needs no
 * network, no database and no identity provider. Works with JUnit Jupiter 5.13 and 6.
 *
 * <p>Stability: until version 1.0.0 every version may change this API incompatibly; afterwards only
 * a new major version does.
 */
@NullMarked
package io.storageconnections.junit;

import org.jspecify.annotations.NullMarked;
