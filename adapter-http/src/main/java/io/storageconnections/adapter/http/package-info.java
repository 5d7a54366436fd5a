/**
 * Speaks the documented API over HTTP, through Javalin: reads requests into the use cases' own,
 * writes their outcomes. The one place that knows paths, headers, status codes and the wire's
 * words.
 *
 * <p>Stability: from 1.0.0 on, what is public here changes incompatibly with a new major version
 * only; until then, with any.
 */
@NullMarked
package io.storageconnections.adapter.http;

import org.jspecify.annotations.NullMarked;
