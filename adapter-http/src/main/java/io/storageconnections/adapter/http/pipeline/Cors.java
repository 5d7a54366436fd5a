package io.storageconnections.adapter.http.pipeline;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.storageconnections.adapter.http.link.Paths;
import io.storageconnections.adapter.http.response.Json;
import io.storageconnections.adapter.http.response.LimitsHeader;
import java.util.function.BiConsumer;

/**
 * Lets web pages of any origin use the API, as the original does: what protects it is the token,
 * which no browser sends by itself. Only paths of the API: a page may not fetch development tokens.
 *
 * <p>Own code, because Javalin's plugin answers a preflight with a body and allows whatever was
 * asked.
 *
 * <p>Source: api-contract.md, section 4, "CORS".
 */
public final class Cors {

  private Cors() {}

  /** Adds what a browser wants to see. A preflight is thereby answered. */
  public static void handle(Context ctx) {
    if (ctx.header("Origin") == null || !isApi(ctx.path())) {
      return;
    }
    allow(ctx::header);
    if (ctx.method().equals(HandlerType.OPTIONS)
        && ctx.header("Access-Control-Request-Method") != null) {
      ctx.header("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, DELETE");
      ctx.header(
          "Access-Control-Allow-Headers",
          "Authorization, Content-Type, Accept, If-Match, If-None-Match, Prefer,"
              + " X-Correlation-Id, Idempotency-Key, Request-Id, traceparent, tracestate");
      ctx.header("Access-Control-Max-Age", "3600");
      Json.writeNothing(ctx.skipRemainingHandlers(), 204);
    }
  }

  /**
   * Lets a page of any origin read an answer.
   *
   * @param headers takes a name and a value
   */
  public static void allow(BiConsumer<String, String> headers) {
    headers.accept("Access-Control-Allow-Origin", "*");
    headers.accept(
        "Access-Control-Expose-Headers",
        "Accept-Encoding, Allow, ETag, Location, Preference-Applied, Retry-After, x-correlation-id,"
            + " RateLimit, RateLimit-Policy, WWW-Authenticate, "
            + LimitsHeader.NAME);
  }

  private static boolean isApi(String path) {
    return path.regionMatches(true, 0, Paths.API, 0, Paths.API.length());
  }
}
