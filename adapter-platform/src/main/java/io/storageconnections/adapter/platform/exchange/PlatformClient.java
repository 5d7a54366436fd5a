package io.storageconnections.adapter.platform.exchange;

import io.storageconnections.application.port.DirectoryException;
import io.storageconnections.application.port.DirectoryException.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sends GET requests to an iTwin Platform with the token of a caller. The time of a request, the
 * size of its answer and the number of simultaneous requests are bounded. No message of an
 * exception contains a token. Thread-safe.
 */
public final class PlatformClient implements AutoCloseable {

  static final int BODY_MAX_BYTES = 1024 * 1024;

  /**
   * TCP repeats a lost first packet after one second, so that two seconds allow for one loss; and a
   * second attempt still has time before the deadline of a look-up.
   */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  private static final Duration RETRY_DELAY = Duration.ofMillis(100);

  /** The statuses of a gateway whose server does not answer now. */
  private static final Set<Integer> RETRIED_STATUSES = Set.of(502, 503, 504);

  /** The characters of a bearer token (RFC 6750, section 2.1). */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  private final URI baseUrl;
  private final String platform;
  private final Clock clock;
  private final Semaphore permits;

  // HTTP/1.1, so that the number of connections is bounded like that of requests, and a broken
  // connection fails one request only.
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          // A redirect could carry the caller's token to another origin. No API that is asked here
          // is documented to redirect.
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  /**
   * Makes a client.
   *
   * @param baseUrl the platform's URL, without a slash at its end
   * @param requestsMax the maximum number of simultaneous requests; at least 1
   * @param clock tells how long it is until the date in a header {@code Retry-After}
   */
  public PlatformClient(URI baseUrl, int requestsMax, Clock clock) {
    this.baseUrl = baseUrl;
    this.platform = "The iTwin Platform at " + baseUrl;
    this.clock = clock;
    this.permits = new Semaphore(requestsMax, true);
  }

  /**
   * Checks that a token can be sent in a header.
   *
   * @param token a bearer token without the scheme; null if the caller sent none
   * @return the token
   * @throws DirectoryException if it cannot
   */
  public String requireToken(@Nullable String token) {
    if (token == null) {
      throw refused(platform + " is asked with the caller's bearer token, and there is none.");
    }
    if (!TOKEN.matcher(token).matches()) {
      throw refused(platform + " is asked with the caller's token, which is not a bearer token.");
    }
    return token;
  }

  /**
   * Sends a request, and sends it once more if the connection fails, or if the answer is 502, 503
   * or 504.
   *
   * @param path the path, which begins with a slash
   * @param mediaType the value of the header {@code Accept}
   * @param token a token that {@link #requireToken} accepted
   * @return the answer; its status is neither 401 nor 429 nor 5xx
   * @throws DirectoryException if the platform refuses the token (401) or is busy (429), if it does
   *     not answer completely before the deadline, or answers 5xx or more than {@value
   *     #BODY_MAX_BYTES} bytes, or if this thread is interrupted
   */
  public PlatformAnswer get(String path, String mediaType, String token, Deadline deadline) {
    var request =
        HttpRequest.newBuilder(URI.create(baseUrl + path))
            .header("Accept", mediaType)
            .header("Authorization", "Bearer " + token)
            .build();
    try {
      if (!permits.tryAcquire(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
        throw unavailable(
            platform + " has too many requests of this server to answer, and none ended in time.",
            null,
            null);
      }
      try {
        return judged(exchangeWithRetry(request, deadline));
      } finally {
        permits.release();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw unavailable(
          platform + " did not answer before this server stopped to ask.", null, stopped);
    }
  }

  private HttpResponse<byte[]> exchangeWithRetry(HttpRequest request, Deadline deadline)
      throws InterruptedException {
    try {
      var response = exchange(request, deadline);
      if (!RETRIED_STATUSES.contains(response.statusCode())) {
        return response;
      }
    } catch (BoundedBody.TooLongException tooLong) {
      throw unreadable(tooLong);
    } catch (IOException retried) {
      // The second attempt tells.
    }
    TimeUnit.NANOSECONDS.sleep(Math.min(RETRY_DELAY.toNanos(), deadline.remainingNanos()));
    try {
      return exchange(request, deadline);
    } catch (IOException failed) {
      throw unreadable(failed);
    }
  }

  private HttpResponse<byte[]> exchange(HttpRequest request, Deadline deadline)
      throws IOException, InterruptedException {
    var exchange = http.sendAsync(request, headers -> new BoundedBody(BODY_MAX_BYTES));
    try {
      // Not the request's own timeout, which ends with the headers of the response.
      return exchange.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException broken
          ? broken
          : new IOException("the request failed", failed.getCause());
    } catch (TimeoutException tooSlow) {
      throw unavailable(platform + " did not answer in time.", null, tooSlow);
    } finally {
      exchange.cancel(true);
    }
  }

  private PlatformAnswer judged(HttpResponse<byte[]> response) {
    var status = response.statusCode();
    if (status == 401) {
      throw refused(platform + " refused the caller's token.");
    }
    if (status == 429) {
      throw new DirectoryException(
          Reason.BUSY,
          platform + " answered 429: the caller has sent it too many requests.",
          retryAfter(response),
          null);
    }
    if (status >= 500) {
      throw unavailable(platform + " answered " + status + ".", retryAfter(response), null);
    }
    return new PlatformAnswer(platform, status, response.body());
  }

  private @Nullable Duration retryAfter(HttpResponse<?> response) {
    return RetryAfter.parse(
        response.headers().firstValue("Retry-After").orElse(null), clock.instant());
  }

  private DirectoryException unreadable(IOException failure) {
    return unavailable(platform + " gave no complete answer.", null, failure);
  }

  private static DirectoryException refused(String message) {
    return new DirectoryException(Reason.TOKEN_REFUSED, message, null, null);
  }

  private static DirectoryException unavailable(
      String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    return new DirectoryException(Reason.UNAVAILABLE, message, retryAfter, cause);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
