/**
 * The HTTP API, on Javalin: reads HTTP requests into requests of the use cases, and writes the
 * outcomes of the use cases as HTTP answers. No other module knows paths, headers, status codes and
 * error codes.
 *
 * <p>Stability: from 1.0.0 on, the public API changes incompatibly only in a new major version.
 * Before 1.0.0, any version may change it.
 */
@NullMarked
package io.storageconnections.adapter.http;

import org.jspecify.annotations.NullMarked;
