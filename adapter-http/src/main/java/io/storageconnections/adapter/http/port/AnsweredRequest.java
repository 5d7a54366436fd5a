package io.storageconnections.adapter.http.port;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request to the server that has ended. It contains no token, path, query or body, and each
 * component except the last three has few different values, so that it can be a tag of a metric.
 *
 * @param method a method of HTTP, such as {@code GET}; {@code OTHER} for every method that RFC 9110
 *     and RFC 5789 do not define, and for a request that could not be parsed
 * @param route the template of the route's path, such as {@code
 *     /synchronization/imodels/storageconnections/{connectionId}}; null if no route matched
 * @param status the status of the answer, such as 201, also if the client closed the connection
 *     before it had the whole answer; 0 if there was no answer yet
 * @param duration the time from the first byte of the request to the end of the answer, or to the
 *     failure that ended the connection; not negative
 * @param client the name of the caller's client application, which can contain any character; null
 *     if the server did not authenticate the caller
 * @param correlationId the id that the answer names, 1 to 64 letters, digits and {@code ._:-}; null
 *     if the server sent no answer
 * @param traceId the id of the request's trace, 32 lower-case hexadecimal digits; null if the
 *     request belongs to no trace
 */
public record AnsweredRequest(
    String method,
    @Nullable String route,
    int status,
    Duration duration,
    @Nullable String client,
    @Nullable String correlationId,
    @Nullable String traceId) {

  /**
   * Checks the components that are never null.
   *
   * @throws NullPointerException if {@code method} or {@code duration} is null
   */
  public AnsweredRequest {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(duration, "duration");
  }
}
