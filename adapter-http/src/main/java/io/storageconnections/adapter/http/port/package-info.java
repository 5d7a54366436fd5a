/**
 * What the HTTP adapter needs from outside: the interfaces that other modules or a host implement.
 *
 * <p>Stability: from 1.0.0 on, public types here change incompatibly only with a new major version;
 * until then, with any version.
 */
@NullMarked
package io.storageconnections.adapter.http.port;

import org.jspecify.annotations.NullMarked;
