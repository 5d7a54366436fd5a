/**
 * The interfaces that the HTTP adapter calls, and that other modules or the application that embeds
 * the API implement.
 *
 * <p>Stability: from 1.0.0 on, public types here change incompatibly only with a new major version;
 * until then, with any version.
 */
@NullMarked
package io.storageconnections.adapter.http.port;

import org.jspecify.annotations.NullMarked;
