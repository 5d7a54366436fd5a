package io.storageconnections.adapter.http.issuer;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.storageconnections.adapter.http.development.Loopback;
import io.storageconnections.adapter.http.response.Json;

/**
 * Lets only web pages of a loopback origin read the answers of the development issuer, which gives
 * a token to every client. Any other page may send a request, but does not see the token: a browser
 * on this machine runs such pages, and can reach loopback addresses.
 */
final class LoopbackCors {

  private LoopbackCors() {}

  /** Adds the CORS headers for loopback origins, and answers their preflight requests. */
  static void handle(Context ctx) {
    // Also without Origin, so that a cache does not give this answer to a page.
    ctx.header("Vary", "Origin");
    var origin = ctx.header("Origin");
    if (origin == null || Loopback.url(origin) == null) {
      return;
    }
    ctx.header("Access-Control-Allow-Origin", origin);
    ctx.header(
        "Access-Control-Expose-Headers",
        "Allow, Retry-After, x-correlation-id, RateLimit, RateLimit-Policy, WWW-Authenticate");
    if (ctx.method().equals(HandlerType.OPTIONS)
        && ctx.header("Access-Control-Request-Method") != null) {
      ctx.header("Access-Control-Allow-Methods", "GET, HEAD, POST");
      ctx.header(
          "Access-Control-Allow-Headers", "Authorization, Content-Type, Accept, X-Correlation-Id");
      ctx.header("Access-Control-Max-Age", "3600");
      Json.writeNothing(ctx.skipRemainingHandlers(), 204);
    }
  }
}
