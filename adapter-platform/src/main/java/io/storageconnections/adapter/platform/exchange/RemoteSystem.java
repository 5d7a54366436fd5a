package io.storageconnections.adapter.platform.exchange;

import io.storageconnections.application.port.DirectoryException;
import io.storageconnections.application.port.DirectoryException.Reason;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Another system that is asked over HTTP: the platform, the issuer of tokens, or the place where
 * contents lie. Turns its failures into exceptions that name it. No message contains a header, a
 * body or the path of a URL. Immutable and thread-safe.
 */
public final class RemoteSystem {

  private final String name;
  private final String asker;
  private final boolean isTraceTold;
  private final BoundedHttp http;
  private final Clock clock;

  /**
   * Describes a system.
   *
   * @param name names the system at the beginning of a sentence
   * @param asker names whose requests they are, in a sentence
   * @param isTraceTold whether the system is told the trace of a request, so that its own spans
   *     belong to the same trace
   * @param http sends the requests; the caller closes it
   * @param clock tells how long it is until the date in a header {@code Retry-After}
   */
  public RemoteSystem(
      String name, String asker, boolean isTraceTold, BoundedHttp http, Clock clock) {
    this.isTraceTold = isTraceTold;
    this.name = name;
    this.asker = asker;
    this.http = http;
    this.clock = clock;
  }

  /**
   * Sends a request.
   *
   * @return the answer; its status is neither 429 nor 5xx
   * @throws DirectoryException if the system is busy (429), if it does not answer completely before
   *     the deadline, or answers 5xx or more than {@value BoundedHttp#BODY_MAX_BYTES} bytes, or if
   *     this thread is interrupted
   */
  public PlatformAnswer send(HttpRequest request, Deadline deadline) {
    var response = sent(() -> http.send(request, isTraceTold, deadline));
    requireAnswer(response);
    return new PlatformAnswer(
        name,
        response.statusCode(),
        response.headers().firstValue("Location").orElse(null),
        response.body());
  }

  /**
   * Sends a request, and returns when the body of the answer begins.
   *
   * @param silenceLimit how long the body may pause
   * @return the answer, which the caller closes; its status is neither 429 nor 5xx
   * @throws DirectoryException as {@link #send} does
   */
  public StreamedAnswer open(HttpRequest request, Deadline deadline, Duration silenceLimit) {
    var response = sent(() -> http.open(request, isTraceTold, deadline, silenceLimit));
    try {
      requireAnswer(response);
    } catch (DirectoryException failure) {
      BoundedHttp.close(response);
      throw failure;
    }
    return new StreamedAnswer(name, response);
  }

  private interface Exchange<T> {
    HttpResponse<T> send() throws IOException, InterruptedException;
  }

  private <T> HttpResponse<T> sent(Exchange<T> exchange) {
    try {
      return exchange.send();
    } catch (BoundedHttp.LateException tooSlow) {
      throw unavailable("did not answer in time.", null, tooSlow);
    } catch (IOException failure) {
      throw unavailable("gave no complete answer.", null, failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw unavailable("did not answer before this server stopped to ask.", null, stopped);
    }
  }

  private void requireAnswer(HttpResponse<?> response) {
    var status = response.statusCode();
    if (status == 429) {
      throw new DirectoryException(
          Reason.BUSY,
          "%s answered 429: %s has sent it too many requests.".formatted(name, asker),
          retryAfter(response),
          null);
    }
    if (status >= 500) {
      throw unavailable("answered " + status + ".", retryAfter(response), null);
    }
  }

  private @Nullable Duration retryAfter(HttpResponse<?> response) {
    return RetryAfter.parse(
        response.headers().firstValue("Retry-After").orElse(null), clock.instant());
  }

  /**
   * Returns an exception that says that the system does not accept a token or credentials.
   *
   * @param predicate follows the name of the system; ends with a full stop
   */
  public DirectoryException refused(String predicate) {
    return new DirectoryException(Reason.TOKEN_REFUSED, name + " " + predicate, null, null);
  }

  /** Like {@link #refused}, for a system that does not answer as it should. */
  public DirectoryException unavailable(
      String predicate, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    return new DirectoryException(Reason.UNAVAILABLE, name + " " + predicate, retryAfter, cause);
  }
}
