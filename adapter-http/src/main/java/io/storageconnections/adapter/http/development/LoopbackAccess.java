package io.storageconnections.adapter.http.development;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.storageconnections.adapter.http.response.Json;

/**
 * Keeps web pages of other machines away from the development issuer, which gives a token to every
 * client. A browser on this machine runs such pages, and can reach loopback addresses.
 *
 * <ul>
 *   <li>CORS: only a page of a loopback origin may read an answer. Any other page may send a
 *       request, but not see the token.
 *   <li>Host: a page may point its own name to 127.0.0.1 (DNS rebinding), and then counts as the
 *       same origin. Its requests still have its name in {@code Host}, and are refused.
 * </ul>
 *
 * @param publicHost the host of the server's public URL
 */
record LoopbackAccess(String publicHost) {

  /** Adds the CORS headers for loopback origins, and answers their preflight requests. */
  static void handleCors(Context ctx) {
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

  /** Returns whether {@code Host} is a loopback host or that of the public URL. */
  boolean admits(Context ctx) {
    var host = ctx.req().getServerName();
    return Loopback.isHost(host) || publicHost.equalsIgnoreCase(host);
  }

  /**
   * Refuses a request to another host name.
   *
   * @throws OAuthException if {@code Host} is neither a loopback host nor that of the public URL
   */
  void requireHost(Context ctx) {
    if (!admits(ctx)) {
      throw new OAuthException(
          403,
          OAuthError.INVALID_REQUEST,
          "The Host of the request must be a loopback host or the host of the server's public"
              + " URL.");
    }
  }
}
