/**
 * The settings of the HTTP server below Javalin: limits of connections, and answers to requests
 * that it refuses. Internal to this module.
 */
@NullMarked
package io.storageconnections.adapter.http.jetty;

import org.jspecify.annotations.NullMarked;
