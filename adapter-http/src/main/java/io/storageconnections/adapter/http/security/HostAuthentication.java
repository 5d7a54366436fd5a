package io.storageconnections.adapter.http.security;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.storageconnections.adapter.http.error.ErrorBody;
import io.storageconnections.adapter.http.port.RequestAuthenticator;
import io.storageconnections.application.port.Caller;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates requests as the application that embeds the API does. Thread-safe.
 *
 * <p>The application may recognize a caller by cookies or by a client certificate. Browsers send
 * both by themselves, also if a page of another origin makes them send the request (cross-site
 * request forgery). This class refuses such requests. See {@link #isForgeable}.
 *
 * @param authenticator the authentication of the application
 */
public record HostAuthentication(RequestAuthenticator authenticator) implements Authentication {

  /** The values of {@code Sec-Fetch-Site} for requests that no page of another origin causes. */
  private static final Set<String> SAME_ORIGIN_OR_NONE = Set.of("same-origin", "none");

  @Override
  public Result authenticate(Context ctx) {
    if (isForgeable(ctx)) {
      return new Result.Refused(403, ErrorBody.crossOriginRequest(), null);
    }
    return Objects.requireNonNull(callerOf(ctx), "the function of callers(…) returned null")
        .<Result>map(Result.Authenticated::new)
        .orElseGet(() -> new Result.Refused(401, ErrorBody.unauthorized(), null));
  }

  private Optional<Caller> callerOf(Context ctx) {
    try {
      return authenticator.authenticate(ctx);
    } catch (HttpResponseException refusal) {
      var status = refusal.getStatus();
      if (status < 300 || status > 599 || status == 304) {
        throw new IllegalStateException(
            "the function of callers(…) refuses a request with the status " + status, refusal);
      }
      // Without the details, which could become headers of the answer.
      throw new HttpResponseException(status);
    }
  }

  /**
   * Returns whether a page of another origin may have made a browser send this request without the
   * server's consent. Of the methods that change something, browsers ask for consent (a CORS
   * preflight request) before PUT and DELETE, and before a POST of JSON, but not before a POST with
   * the content type of a form.
   */
  private static boolean isForgeable(Context ctx) {
    return ctx.req().getMethod().equals("POST")
        && isOfAnotherOrigin(ctx)
        && !isJson(ctx.header("Content-Type"));
  }

  /**
   * Browsers send {@code Sec-Fetch-Site}; if they do not, because they are old or because the URL
   * is not secure, they send {@code Origin} with every POST. Other clients send neither.
   */
  private static boolean isOfAnotherOrigin(Context ctx) {
    var site = ctx.header("Sec-Fetch-Site");
    return site == null ? ctx.header("Origin") != null : !SAME_ORIGIN_OR_NONE.contains(site);
  }

  private static boolean isJson(@Nullable String contentType) {
    return contentType != null
        && contentType.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
  }
}
