package io.storageconnections.adapter.http.development;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.storageconnections.adapter.http.error.ErrorBody;
import io.storageconnections.adapter.http.link.BaseUrl;
import io.storageconnections.adapter.http.pipeline.RequestPipeline;
import io.storageconnections.adapter.http.pipeline.Routes;
import io.storageconnections.adapter.http.response.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.Set;

/**
 * Guards the development routes. They need no bearer token, because a person calls them with a
 * plain browser or {@code curl}, and the server serves them on a loopback address only. Any web
 * page in a browser on this machine can reach that address, too; therefore a request of a page is
 * refused unless the page is the server's own. Thread-safe.
 */
public final class DevelopmentAccess {

  /** The path of every development route begins with this prefix; no other path does. */
  public static final String PREFIX = "/development/";

  /** The values of {@code Sec-Fetch-Site} for requests that no page of another origin causes. */
  private static final Set<String> SAME_ORIGIN_OR_NONE = Set.of("same-origin", "none");

  private final URI publicUrl;
  private final LoopbackAccess hosts;

  /**
   * Creates the guard of one server.
   *
   * @param publicUrl the URL at which clients reach the server
   */
  public DevelopmentAccess(BaseUrl publicUrl) {
    this.publicUrl = URI.create(publicUrl.toString());
    hosts = new LoopbackAccess(this.publicUrl.getHost());
  }

  /** Adds the guard before every route below {@link #PREFIX}. */
  public void mount(Routes routes, RequestPipeline pipeline) {
    var refusal = pipeline.anonymous(ctx -> Json.write(ctx, 403, ErrorBody.notForDevelopment()));
    routes.before(PREFIX + "*", ctx -> refuseForeign(ctx, refusal));
  }

  private void refuseForeign(Context ctx, Handler refusal) throws Exception {
    // The log repeats what clients sent, and a browser must not take that for a page.
    ctx.header("X-Content-Type-Options", "nosniff");
    ctx.header("Cache-Control", "no-store");
    if (!hosts.admits(ctx) || isOfAnotherOrigin(ctx)) {
      refusal.handle(ctx.skipRemainingHandlers());
    }
  }

  private boolean isOfAnotherOrigin(Context ctx) {
    return Collections.list(ctx.req().getHeaders("Sec-Fetch-Site")).stream()
            .anyMatch(site -> !SAME_ORIGIN_OR_NONE.contains(site))
        || Collections.list(ctx.req().getHeaders("Origin")).stream()
            .anyMatch(origin -> !isOwnOrigin(ctx, origin));
  }

  private boolean isOwnOrigin(Context ctx, String text) {
    try {
      var origin = new URI(text);
      return isAt(origin, publicUrl.getScheme(), publicUrl.getHost(), port(publicUrl))
          || isAt(
              origin, ctx.req().getScheme(), ctx.req().getServerName(), ctx.req().getServerPort());
    } catch (URISyntaxException malformed) {
      return false;
    }
  }

  private static boolean isAt(URI origin, String scheme, String host, int port) {
    return scheme.equalsIgnoreCase(origin.getScheme())
        && host.equalsIgnoreCase(origin.getHost())
        && port == port(origin);
  }

  private static int port(URI url) {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
  }
}
