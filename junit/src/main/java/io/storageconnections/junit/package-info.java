/**
 * A JUnit extension that starts a server for a test class. The server needs no network, no database
 * and no identity provider.
 *
 * <p>Stability: until version 1.0.0 every version may change this API incompatibly; afterwards only
 * a new major version does.
 */
@NullMarked
package io.storageconnections.junit;

import org.jspecify.annotations.NullMarked;
