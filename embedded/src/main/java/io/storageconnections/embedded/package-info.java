/**
 * The use cases as a Java library, on a database or a store of the host: {@link
 * io.storageconnections.embedded.StorageConnectionsService} and its builder. The library has no
 * HTTP and reads no settings. It starts a thread only for change listeners.
 *
 * <p>Stability: until version 1.0.0 every version may change this API incompatibly; afterwards only
 * a new major version does.
 */
@NullMarked
package io.storageconnections.embedded;

import org.jspecify.annotations.NullMarked;
