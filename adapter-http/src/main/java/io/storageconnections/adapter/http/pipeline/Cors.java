package io.storageconnections.adapter.http.pipeline;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.storageconnections.adapter.http.link.Paths;
import io.storageconnections.adapter.http.response.Json;
import io.storageconnections.adapter.http.response.LimitsHeader;
import java.util.function.BiConsumer;

/**
 * Cross-origin resource sharing (CORS). Web pages of any origin may use the API, as the original
 * service allows. This is safe, because browsers do not send the token by themselves, and because
 * the answers do not allow cookies and client certificates. Only paths of the API allow it, so that
 * a web page cannot fetch tokens from the development issuer, which admits loopback origins only.
 *
 * <p>Javalin's plugin is not used, because it answers a preflight request with a body and allows
 * every header that the browser asks for.
 */
public final class Cors {

  private Cors() {}

  /** Adds the CORS headers to an answer of the API, and answers preflight requests. */
  public static void handle(Context ctx) {
    if (ctx.header("Origin") == null || !isApi(ctx.path())) {
      return;
    }
    allowAnyOrigin(ctx::header);
    if (ctx.method().equals(HandlerType.OPTIONS)
        && ctx.header("Access-Control-Request-Method") != null) {
      ctx.header("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE");
      ctx.header(
          "Access-Control-Allow-Headers",
          "Authorization, Content-Type, Accept, If-Match, If-None-Match, Prefer,"
              + " X-Correlation-Id, Idempotency-Key, Request-Id, traceparent, tracestate,"
              // Browsers send it with an upload to Storage.
              + " x-ms-blob-type, Content-MD5, Range, If-Range");
      ctx.header("Access-Control-Max-Age", "3600");
      Json.writeNothing(ctx.skipRemainingHandlers(), 204);
    }
  }

  /**
   * Adds the headers that let web pages of any origin read an answer.
   *
   * @param headers receives the name and the value of each header
   */
  public static void allowAnyOrigin(BiConsumer<String, String> headers) {
    headers.accept("Access-Control-Allow-Origin", "*");
    headers.accept(
        "Access-Control-Expose-Headers",
        "Accept-Encoding, Allow, Content-Disposition, Content-Range, ETag, Location,"
            + " Preference-Applied, Retry-After, x-correlation-id, RateLimit, RateLimit-Policy,"
            + " WWW-Authenticate, "
            + LimitsHeader.NAME);
  }

  private static boolean isApi(String path) {
    return path.regionMatches(true, 0, Paths.API, 0, Paths.API.length())
        || Paths.OTHER_APIS.stream().anyMatch(api -> isAtOrBelow(api, path));
  }

  private static boolean isAtOrBelow(String api, String path) {
    return path.regionMatches(true, 0, api, 0, api.length())
        && (path.length() == api.length() || path.charAt(api.length()) == '/');
  }
}
