/**
 * Speaks the documented API over HTTP, through Javalin: reads requests into the use cases' own,
 * writes their outcomes. The one place that knows paths, headers, status codes and the wire's
 * words.
 */
@NullMarked
package io.storageconnections.adapter.http;

import org.jspecify.annotations.NullMarked;
