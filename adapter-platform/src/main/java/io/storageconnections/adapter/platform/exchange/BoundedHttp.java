package io.storageconnections.adapter.platform.exchange;

import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends HTTP requests whose time is bounded, and follows no redirects. Thread-safe. Closing ends
 * the requests that are in progress.
 */
public final class BoundedHttp implements AutoCloseable {

  static final int BODY_MAX_BYTES = 1024 * 1024;

  /**
   * TCP repeats a lost first packet after one second, so that two seconds allow for one loss; and a
   * second attempt still has time before the deadline of a look-up.
   */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  private static final Duration RETRY_DELAY = Duration.ofMillis(100);

  /** The statuses of a gateway whose server does not answer now. */
  private static final Set<Integer> RETRIED_STATUSES = Set.of(502, 503, 504);

  // HTTP/1.1, so that the number of connections is bounded like that of requests, and a broken
  // connection fails one request only.
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          // A redirect could carry a token to another origin.
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  private final OpenTelemetry openTelemetry;

  /**
   * Creates a client.
   *
   * @param openTelemetry receives a span for each request
   */
  public BoundedHttp(OpenTelemetry openTelemetry) {
    this.openTelemetry = openTelemetry;
  }

  /** Says that the deadline of a request was over. */
  static final class LateException extends IOException {

    private static final long serialVersionUID = 1L;

    LateException(TimeoutException cause) {
      super("the time is over", cause);
    }
  }

  /**
   * Sends a request, and sends it once more if the connection fails, or if the answer is 502, 503
   * or 504.
   *
   * @param isTraceTold whether the other system is told the trace of the request
   * @return the complete answer
   * @throws LateException if the answer is not complete before the deadline
   * @throws IOException if there is no complete answer, or its body is longer than {@value
   *     #BODY_MAX_BYTES} bytes
   */
  HttpResponse<byte[]> send(HttpRequest request, boolean isTraceTold, Deadline deadline)
      throws IOException, InterruptedException {
    return withRetry(request, isTraceTold, headers -> new BoundedBody(BODY_MAX_BYTES), deadline);
  }

  /**
   * Sends a request like {@link #send}, but returns as soon as the headers of the answer are
   * complete.
   *
   * @param silenceLimit how long the rest of the answer may pause
   * @return the answer, whose body the caller closes
   */
  HttpResponse<StreamedBody> open(
      HttpRequest request, boolean isTraceTold, Deadline deadline, Duration silenceLimit)
      throws IOException, InterruptedException {
    return withRetry(request, isTraceTold, headers -> new StreamedBody(silenceLimit), deadline);
  }

  private <T> HttpResponse<T> withRetry(
      HttpRequest request, boolean isTraceTold, BodyHandler<T> body, Deadline deadline)
      throws IOException, InterruptedException {
    try {
      var response = traced(request, isTraceTold, 0, body, deadline);
      if (!RETRIED_STATUSES.contains(response.statusCode())) {
        return response;
      }
      close(response);
    } catch (BoundedBody.TooLongException | LateException fatal) {
      throw fatal;
    } catch (IOException retried) {
      // The second attempt tells.
    }
    TimeUnit.NANOSECONDS.sleep(Math.min(RETRY_DELAY.toNanos(), deadline.remainingNanos()));
    return traced(request, isTraceTold, 1, body, deadline);
  }

  /** Exchanges a request within a span, which ends with the headers of a streamed answer. */
  private <T> HttpResponse<T> traced(
      HttpRequest request, boolean isTraceTold, int resends, BodyHandler<T> body, Deadline deadline)
      throws IOException, InterruptedException {
    var span = TracedExchange.begin(openTelemetry, request, resends);
    try {
      var response = exchange(isTraceTold ? span.withTrace() : request, body, deadline);
      span.answered(response.statusCode());
      return response;
    } catch (IOException | InterruptedException | RuntimeException failure) {
      span.failed(failure);
      throw failure;
    }
  }

  private <T> HttpResponse<T> exchange(HttpRequest request, BodyHandler<T> body, Deadline deadline)
      throws IOException, InterruptedException {
    var exchange = http.sendAsync(request, body);
    try {
      // Not the request's own timeout, which ends with the headers of the response.
      return exchange.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException broken
          ? broken
          : new IOException("the request failed", failed.getCause());
    } catch (TimeoutException tooSlow) {
      abandon(exchange);
      throw new LateException(tooSlow);
    } catch (InterruptedException stopped) {
      abandon(exchange);
      throw stopped;
    }
  }

  /** Ends a request, also if its answer has begun meanwhile. */
  private static void abandon(CompletableFuture<? extends HttpResponse<?>> exchange) {
    exchange.cancel(true);
    var unused = exchange.thenAccept(BoundedHttp::close);
  }

  static void close(HttpResponse<?> response) {
    if (response.body() instanceof StreamedBody stream) {
      stream.close();
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
