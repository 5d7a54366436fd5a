package io.storageconnections.adapter.http;

import io.github.bucket4j.TimeMeter;
import io.opentelemetry.api.OpenTelemetry;
import io.storageconnections.adapter.http.link.Links;
import io.storageconnections.adapter.http.port.RateLimitObserver;
import io.storageconnections.adapter.http.port.RequestAllowance;
import io.storageconnections.adapter.http.port.RequestAuthenticator;
import io.storageconnections.adapter.http.port.TokenVerifier;
import io.storageconnections.adapter.http.ratelimit.RateLimit;
import io.storageconnections.adapter.http.security.Authentication;
import io.storageconnections.adapter.http.security.BearerAuthentication;
import io.storageconnections.adapter.http.security.HostAuthentication;
import io.storageconnections.application.UseCases;
import io.storageconnections.application.port.Caller;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Configures and builds an {@link HttpApi}. It needs {@link #links(String) links}, and either
 * {@link #bearerTokens} or {@link #callers}. If a method is called twice, or both of the latter,
 * the last call counts. Not thread-safe.
 */
public final class HttpApiBuilder {

  private final UseCases useCases;
  private @Nullable Authentication authentication;
  private @Nullable Links links;
  private OpenTelemetry openTelemetry = OpenTelemetry.noop();
  private RateLimit limit = new RateLimit(0, TimeMeter.SYSTEM_NANOTIME);
  private RateLimitObserver rateLimitObserver = isAdmitted -> {};

  HttpApiBuilder(UseCases useCases) {
    this.useCases = useCases;
  }

  /**
   * Authenticates requests by their bearer token, in the header {@code Authorization} (RFC 6750).
   * The answer to a request without a valid token is 401.
   *
   * @param verifier verifies the tokens; thread-safe
   * @return this builder
   */
  public HttpApiBuilder bearerTokens(TokenVerifier verifier) {
    authentication = new BearerAuthentication(Objects.requireNonNull(verifier, "verifier"));
    return this;
  }

  /**
   * Authenticates requests as the application does that embeds the API: by sessions, client
   * certificates, or headers of its gateway. {@link RequestAuthenticator} describes the answers to
   * requests without a caller.
   *
   * <p>Browsers send cookies and client certificates also if a page of another origin makes them
   * send the request (cross-site request forgery). The API therefore answers 403 to a POST that a
   * browser sends for a page of another origin, also one of the same site, unless its content type
   * is {@code application/json}. It recognizes these requests by {@code Sec-Fetch-Site}, or by
   * {@code Origin} if that is absent. Before a POST of JSON, a PUT or a DELETE, a browser asks the
   * server for permission (CORS): such requests of other origins arrive only if the application
   * allows the origin, with credentials. It must allow only origins that it trusts. The application
   * protects its own routes itself, such as a login, and should mark its cookies {@code
   * SameSite=Lax} or {@code Strict}.
   *
   * @param authenticator returns the caller of a request; thread-safe. The rate limit counts by
   *     {@link Caller#client()}
   * @return this builder
   */
  public HttpApiBuilder callers(RequestAuthenticator authenticator) {
    authentication = new HostAuthentication(Objects.requireNonNull(authenticator, "authenticator"));
    return this;
  }

  /**
   * Sets the base URL of the links in answers. Clients reach the other APIs, such as the iModels
   * API, at the same URL.
   *
   * @param url the URL at which clients reach the server: http or https, without a path
   * @return this builder
   * @throws IllegalArgumentException if {@link Links#at} rejects {@code url}
   */
  public HttpApiBuilder links(String url) {
    return links(Links.at(Objects.requireNonNull(url, "url")));
  }

  /**
   * Sets the links in answers, for a server that clients reach at another URL than the other APIs.
   *
   * @param inAnswers creates the links
   * @return this builder
   */
  public HttpApiBuilder links(Links inAnswers) {
    links = Objects.requireNonNull(inAnswers, "links");
    return this;
  }

  /**
   * Limits the requests of each client to this node. Requests without a caller are counted by their
   * address. Default: no limit.
   *
   * @param requestsPerMinute the limit of each client; 0 for no limit
   * @return this builder
   * @throws IllegalArgumentException if {@code requestsPerMinute} is less than 0
   */
  public HttpApiBuilder rateLimit(int requestsPerMinute) {
    limit = new RateLimit(requestsPerMinute, TimeMeter.SYSTEM_NANOTIME);
    return this;
  }

  /**
   * Limits the requests of each client to all nodes together. Requests without a caller are counted
   * by their address, and by each node for itself.
   *
   * @param requestsPerMinute the limit of each client; 0 for no limit
   * @param ofAllNodes counts the requests of all nodes
   * @return this builder
   * @throws IllegalArgumentException if {@code requestsPerMinute} is less than 0
   */
  public HttpApiBuilder rateLimit(int requestsPerMinute, RequestAllowance ofAllNodes) {
    limit =
        new RateLimit(
            requestsPerMinute,
            TimeMeter.SYSTEM_NANOTIME,
            Objects.requireNonNull(ofAllNodes, "ofAllNodes"));
    return this;
  }

  /**
   * Sets where the spans of requests go. Each request has a span of the kind {@code SERVER}, whose
   * parent is the span that the header {@code traceparent} names, unless the application has made
   * another span the current one. Default: no spans; the trace of that header is still passed on to
   * the use cases.
   *
   * @param receiver such as {@code GlobalOpenTelemetry.get()}; thread-safe
   * @return this builder
   */
  public HttpApiBuilder openTelemetry(OpenTelemetry receiver) {
    openTelemetry = Objects.requireNonNull(receiver, "openTelemetry");
    return this;
  }

  /**
   * Sets an observer of the rate limit, for a metric. Default: none.
   *
   * @param observer is told of each request that the rate limit counts; thread-safe
   * @return this builder
   */
  public HttpApiBuilder rateLimitObserver(RateLimitObserver observer) {
    rateLimitObserver = Objects.requireNonNull(observer, "observer");
    return this;
  }

  /**
   * Builds the API. If it is called twice, both APIs count against the same rate limit.
   *
   * @return the API, whose routes {@link HttpApi#mount} adds to a server
   * @throws IllegalStateException if neither {@link #bearerTokens} nor {@link #callers} was called,
   *     or no {@code links}
   */
  public HttpApi build() {
    if (authentication == null) {
      throw new IllegalStateException(
          "no request can be authenticated: call bearerTokens(…) or callers(…)");
    }
    if (links == null) {
      throw new IllegalStateException("the links in answers have no base URL: call links(…)");
    }
    return new HttpApi(
        useCases, authentication, links, limit.observedBy(rateLimitObserver), openTelemetry);
  }
}
