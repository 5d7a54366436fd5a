package io.storageconnections.adapter.platform.credentials;

import com.github.benmanes.caffeine.cache.Ticker;
import io.storageconnections.adapter.platform.exchange.BoundedHttp;
import io.storageconnections.adapter.platform.exchange.Deadline;
import io.storageconnections.adapter.platform.exchange.PlatformAnswer;
import io.storageconnections.adapter.platform.exchange.PlatformClient;
import io.storageconnections.adapter.platform.exchange.RemoteSystem;
import io.storageconnections.adapter.platform.exchange.SecureUrl;
import io.storageconnections.adapter.platform.lookup.LookupCache;
import io.storageconnections.application.port.DirectoryException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

/**
 * Gets access tokens for this server's own client from an OpenID Connect issuer, with the grant
 * {@code client_credentials} (RFC 6749, section 4.4). A token is used until shortly before it
 * expires. Callers who need a new one at the same time share one request. No message and no text
 * form contains the secret or a token. Thread-safe.
 */
public final class ServerTokens {

  private static final String SCOPE = "itwin-platform";

  /** How long before its end a token is not used any more, at most. */
  private static final Duration MARGIN_MAX = Duration.ofMinutes(1);

  /** The lifetime of a token whose issuer does not tell it. */
  private static final Duration LIFETIME_UNKNOWN = Duration.ofMinutes(1);

  private static final Duration LIFETIME_MAX = Duration.ofDays(1);

  /** The code of an error (RFC 6749, section 5.2), as far as it may be shown. */
  private static final Pattern ERROR_CODE = Pattern.compile("[a-z_]{1,40}");

  private final URI issuer;
  private final String authorization;
  private final RemoteSystem system;
  private final LookupCache<ServerTokens, Token> tokens;

  /**
   * Makes a source of tokens. It asks the issuer only when a token is needed.
   *
   * @param issuer the issuer's URL
   * @param clientId the id of this server's client
   * @param clientSecret the secret of the client
   * @param http sends the requests; the caller closes it
   * @param clock tells how long it is until the date in a header {@code Retry-After}
   * @param ticker measures the age of tokens
   * @param executor runs each request on a thread of its own
   */
  public ServerTokens(
      URI issuer,
      String clientId,
      String clientSecret,
      BoundedHttp http,
      Clock clock,
      Ticker ticker,
      Executor executor) {
    this.issuer = issuer;
    authorization = basic(clientId, clientSecret);
    var name = "The issuer at " + issuer;
    system = new RemoteSystem(name, "this server", false, http, clock);
    tokens = new LookupCache<>(name, Token::usableFor, ticker, executor);
  }

  /** A token; the text form does not contain it. */
  private static final class Token {

    private final String value;
    private final Duration usableFor;

    Token(String value, Duration usableFor) {
      this.value = value;
      this.usableFor = usableFor;
    }

    Duration usableFor() {
      return usableFor;
    }
  }

  /** The credentials are encoded like a form before they are joined (RFC 6749, section 2.3.1). */
  private static String basic(String clientId, String clientSecret) {
    var joined = encoded(clientId) + ":" + encoded(clientSecret);
    return "Basic "
        + Base64.getEncoder().encodeToString(joined.getBytes(StandardCharsets.US_ASCII));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** What a caller does with a token. */
  @FunctionalInterface
  public interface Use<T> {

    /**
     * Uses the token.
     *
     * @throws DirectoryException with {@link DirectoryException.Reason#TOKEN_REFUSED} if the token
     *     is not accepted
     */
    T with(String token);
  }

  /**
   * Uses a token, and once more a new one if the first is not accepted: the platform may refuse a
   * token before its time is over.
   *
   * @throws DirectoryException if the issuer gives no token before the deadline, or {@code use}
   *     throws it
   */
  public <T> T use(Use<T> use, Deadline deadline) {
    var token = token(deadline);
    try {
      return use.with(token.value);
    } catch (DirectoryException refused) {
      if (refused.reason() != DirectoryException.Reason.TOKEN_REFUSED) {
        throw refused;
      }
      tokens.forget(this, token);
    }
    return use.with(token(deadline).value);
  }

  private Token token(Deadline deadline) {
    return tokens.begin(this, this::request, deadline).await();
  }

  private Token request(Deadline deadline) {
    var request =
        HttpRequest.newBuilder(tokenEndpoint(deadline))
            .header("Accept", "application/json")
            .header("Authorization", authorization)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("grant_type=client_credentials&scope=" + SCOPE))
            .build();
    var answer = system.send(request, deadline);
    return switch (answer.status()) {
      case 200 -> token(answer);
      case 400, 401, 403 ->
          throw system.refused(
              "refused the client credentials of this server"
                  + errorCode(answer)
                  + ". Check "
                  + PlatformClient.SETTINGS_OF_THE_CLIENT
                  + ", and that the client may have the scope "
                  + SCOPE
                  + ".");
      default -> throw answer.unexpected();
    };
  }

  private URI tokenEndpoint(Deadline deadline) {
    var url = withoutTrailingSlash(issuer.toString()) + "/.well-known/openid-configuration";
    var request =
        HttpRequest.newBuilder(URI.create(url)).header("Accept", "application/json").build();
    var answer = system.send(request, deadline);
    if (answer.status() != 200) {
      throw answer.unexpected();
    }
    var document = answer.object();
    var name = document.path("issuer").stringValue("");
    if (!withoutTrailingSlash(name).equals(withoutTrailingSlash(issuer.toString()))) {
      throw answer.unusable("a description of another issuer");
    }
    var endpoint =
        SecureUrl.received(
            issuer,
            document.path("token_endpoint").stringValue(null),
            SecureUrl.isOnLoopback(issuer));
    if (endpoint == null) {
      throw answer.unusable("a description without a token_endpoint that begins with https://");
    }
    return endpoint;
  }

  private static Token token(PlatformAnswer answer) {
    var body = answer.object();
    var value = body.path("access_token").stringValue("");
    if (!PlatformClient.isToken(value)
        || !body.path("token_type").stringValue("").equalsIgnoreCase("Bearer")) {
      throw answer.unusable("a body without a bearer token");
    }
    var seconds = body.path("expires_in").asLong(LIFETIME_UNKNOWN.toSeconds());
    var lifetime = Duration.ofSeconds(Math.clamp(seconds, 0, LIFETIME_MAX.toSeconds()));
    var margin = lifetime.dividedBy(5);
    return new Token(value, lifetime.minus(margin.compareTo(MARGIN_MAX) < 0 ? margin : MARGIN_MAX));
  }

  private static String errorCode(PlatformAnswer answer) {
    try {
      var code = answer.object().path("error").stringValue("");
      return ERROR_CODE.matcher(code).matches() ? " (" + code + ")" : "";
    } catch (DirectoryException noJson) {
      return "";
    }
  }

  private static String withoutTrailingSlash(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }
}
