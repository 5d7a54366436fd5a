package io.storageconnections.adapter.platform.exchange;

import io.opentelemetry.api.OpenTelemetry;
import io.storageconnections.application.port.DirectoryException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sends GET requests to an iTwin Platform with a bearer token. The time of a request, the size of
 * its answer and the number of simultaneous requests are bounded. No message of an exception
 * contains a token. Thread-safe.
 */
public final class PlatformClient implements AutoCloseable {

  /** The settings to check if the platform or the issuer refuses this server. */
  public static final String SETTINGS_OF_THE_CLIENT =
      "STORAGE_CONNECTIONS_PLATFORM_CLIENT_ID, STORAGE_CONNECTIONS_PLATFORM_CLIENT_SECRET and"
          + " STORAGE_CONNECTIONS_AUTH_ISSUER";

  /** The characters of a bearer token (RFC 6750, section 2.1). */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  private final URI baseUrl;
  private final Asker asker;
  private final BoundedHttp http;
  private final RemoteSystem platform;
  private final Semaphore permits;

  /** Whose tokens a client sends. */
  public enum Asker {
    /** Those of callers. */
    CALLER("the caller", ""),
    /** That of this server itself. */
    SERVER(
        "this server",
        " Check that the platform accepts tokens of the issuer for this server's client: "
            + SETTINGS_OF_THE_CLIENT
            + ".");

    private final String name;
    private final String advice;

    Asker(String name, String advice) {
      this.name = name;
      this.advice = advice;
    }

    /** Returns the name of the asker, as a part of a sentence. */
    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * Makes a client that asks with the tokens of callers.
   *
   * @param baseUrl the platform's URL, without a slash at its end
   * @param requestsMax the maximum number of simultaneous requests; at least 1
   * @param clock tells how long it is until the date in a header {@code Retry-After}
   * @param openTelemetry receives a span for each request
   */
  public PlatformClient(URI baseUrl, int requestsMax, Clock clock, OpenTelemetry openTelemetry) {
    this(baseUrl, Asker.CALLER, new BoundedHttp(openTelemetry), requestsMax, clock);
  }

  /**
   * Makes a client.
   *
   * @param baseUrl the platform's URL, without a slash at its end
   * @param asker whose tokens they are
   * @param http sends the requests; {@link #close} closes it
   * @param requestsMax the maximum number of simultaneous requests; at least 1
   * @param clock tells how long it is until the date in a header {@code Retry-After}
   */
  public PlatformClient(URI baseUrl, Asker asker, BoundedHttp http, int requestsMax, Clock clock) {
    this.baseUrl = baseUrl;
    this.asker = asker;
    this.http = http;
    this.platform =
        new RemoteSystem("The iTwin Platform at " + baseUrl, asker.toString(), true, http, clock);
    this.permits = new Semaphore(requestsMax, true);
  }

  /** Returns whether a text has the form of a bearer token. */
  public static boolean isToken(String text) {
    return TOKEN.matcher(text).matches();
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
      throw platform.refused("is asked with the caller's bearer token, and there is none.");
    }
    if (!isToken(token)) {
      throw platform.refused("is asked with the caller's token, which is not a bearer token.");
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
   *     BoundedHttp#BODY_MAX_BYTES} bytes, or if this thread is interrupted
   */
  public PlatformAnswer get(String path, String mediaType, String token, Deadline deadline) {
    var request =
        HttpRequest.newBuilder(URI.create(baseUrl + path))
            .header("Accept", mediaType)
            .header("Authorization", "Bearer " + token)
            .build();
    try {
      if (!permits.tryAcquire(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
        throw platform.unavailable(
            "has too many requests of this server to answer, and none ended in time.", null, null);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw platform.unavailable(
          "did not answer before this server stopped to ask.", null, stopped);
    }
    try {
      var answer = platform.send(request, deadline);
      if (answer.status() == 401) {
        throw platform.refused("refused %s's token.%s".formatted(asker, asker.advice));
      }
      return answer;
    } finally {
      permits.release();
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
