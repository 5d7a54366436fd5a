package io.storageconnections.adapter.http.requestlog;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request and its answer, as they were sent. It contains secrets; only {@link LoggedRequest} is
 * shown to a caller.
 *
 * @param at the time at which the request arrived
 * @param duration the time from then to the end of the answer
 * @param path the path of the URL, percent-encoded
 * @param query the query of the URL, percent-encoded; null if there is none
 * @param correlationId null if the server refused the request before it had one
 * @param route the path of the route; null if no route matched
 * @param client the caller's client; null if the server did not authenticate the caller
 * @param subject the caller's subject; null if the server did not authenticate the caller
 * @param status the status of the answer; 0 if the client got none
 */
record Exchange(
    Instant at,
    Duration duration,
    String method,
    String path,
    @Nullable String query,
    @Nullable String correlationId,
    @Nullable String route,
    @Nullable String client,
    @Nullable String subject,
    int status,
    List<HeaderField> requestHeaders,
    BodyCapture requestBody,
    List<HeaderField> responseHeaders,
    BodyCapture responseBody) {

  /** Returns the approximate size in memory, in bytes. */
  long size() {
    return length(method)
        + length(path)
        + length(query)
        + length(client)
        + length(subject)
        + requestHeaders.stream().mapToLong(HeaderField::length).sum()
        + responseHeaders.stream().mapToLong(HeaderField::length).sum()
        + requestBody.keptBytes()
        + responseBody.keptBytes();
  }

  private static long length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  /** Leaves everything out that may be a secret. */
  @Override
  public String toString() {
    return "Exchange[at=" + at + ", status=" + status + "]";
  }
}
