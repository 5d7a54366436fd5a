package io.storageconnections.adapter.http.requestlog;

import io.storageconnections.application.port.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The recording of a request that is in progress. One thread at a time uses it, except {@link
 * #finish}, which any thread may call.
 */
public final class ExchangeRecording {

  /** Below this path are the signed URLs, whose bodies are contents of files. */
  private static final String CONTENTS = "/storage/content/";

  private final RequestLog log;
  private final Instant at;
  private final String method;
  private final String path;
  private final @Nullable String query;
  private final List<HeaderField> requestHeaders;
  private final BodyCapture requestBody;
  private final BodyCapture responseBody;
  private final AtomicBoolean isFinished = new AtomicBoolean();

  /**
   * Starts to record a request.
   *
   * @param log receives the exchange when it is finished
   * @param at the time at which the request arrived
   * @param path the path of the URL, percent-encoded
   * @param canonicalPath the path as the router compares it
   * @param query the query of the URL, percent-encoded; null if there is none
   */
  public ExchangeRecording(
      RequestLog log,
      Instant at,
      String method,
      String path,
      String canonicalPath,
      @Nullable String query,
      List<HeaderField> requestHeaders) {
    this.log = log;
    this.at = at;
    this.method = method;
    this.path = path;
    this.query = query;
    this.requestHeaders = List.copyOf(requestHeaders);
    var isContent = canonicalPath.toLowerCase(Locale.ROOT).startsWith(CONTENTS);
    requestBody = new BodyCapture(!isContent);
    // The answer to a refused upload is an error, which is worth reading; a content is binary.
    responseBody = new BodyCapture(true);
  }

  /** Returns the capture of the request's body. */
  public BodyCapture requestBody() {
    return requestBody;
  }

  /** Returns the capture of the answer's body. */
  public BodyCapture responseBody() {
    return responseBody;
  }

  /**
   * Adds the exchange to the log. A second call has no effect.
   *
   * @param route the path of the route; null if no route matched
   * @param by the caller; null if the server did not authenticate the caller
   * @param correlationId null if the answer has none
   * @param duration the time since the request arrived
   * @param status the status of the answer; 0 if the client got none
   */
  public void finish(
      @Nullable String route,
      @Nullable Caller by,
      @Nullable String correlationId,
      Duration duration,
      int status,
      List<HeaderField> responseHeaders) {
    if (!isFinished.compareAndSet(false, true)) {
      return;
    }
    log.add(
        new Exchange(
            at,
            duration,
            method,
            path,
            query,
            correlationId,
            route,
            by == null ? null : by.client(),
            by == null ? null : by.subject(),
            status,
            requestHeaders,
            requestBody,
            List.copyOf(responseHeaders),
            responseBody));
  }
}
