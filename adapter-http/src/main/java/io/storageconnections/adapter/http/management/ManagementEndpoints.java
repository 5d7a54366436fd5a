package io.storageconnections.adapter.http.management;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.storageconnections.adapter.http.development.Loopback;
import io.storageconnections.adapter.http.error.ErrorBody;
import io.storageconnections.adapter.http.pipeline.Routes;
import io.storageconnections.adapter.http.port.ComponentHealth;
import io.storageconnections.adapter.http.port.ManagementPages;
import io.storageconnections.adapter.http.response.Json;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes of the management listener. They need no token, because only the operator reaches the
 * listener; and they add no CORS headers, so that a web page cannot read an answer. Thread-safe.
 */
public final class ManagementEndpoints {

  private static final Logger LOG = LoggerFactory.getLogger(ManagementEndpoints.class);

  /** The text format of Prometheus. */
  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final ManagementPages pages;
  private final boolean isOnLoopback;

  /**
   * Creates the endpoints of one server.
   *
   * @param isOnLoopback whether only this machine can reach the listener; then {@code Host} must be
   *     a loopback host, because a web page may point its own name to 127.0.0.1 (DNS rebinding)
   */
  public ManagementEndpoints(ManagementPages pages, boolean isOnLoopback) {
    this.pages = pages;
    this.isOnLoopback = isOnLoopback;
  }

  /** Adds the routes and the error handlers to a server. */
  public void mount(RoutesConfig server) {
    server.before(this::refuseOtherHosts);
    var routes = new Routes(server);
    routes.getAndHead("/health/live", ctx -> Json.write(ctx, 200, Map.of("status", "live")));
    routes.getAndHead("/health/ready", this::answerReadiness);
    routes.getAndHead(
        "/metrics", ctx -> ctx.status(200).contentType(METRICS_TYPE).result(pages.metrics()));
    routes.getAndHead("/info", ctx -> Json.write(ctx, 200, pages.info()));
    server.exception(HttpResponseException.class, ManagementEndpoints::answer);
    server.exception(Exception.class, ManagementEndpoints::answer);
  }

  private void refuseOtherHosts(Context ctx) {
    ctx.header("Cache-Control", "no-store");
    ctx.header("X-Content-Type-Options", "nosniff");
    if (isOnLoopback && !Loopback.isHost(ctx.req().getServerName())) {
      ctx.skipRemainingHandlers();
      Json.write(ctx, 403, ErrorBody.notForOtherHosts());
    }
  }

  private void answerReadiness(Context ctx) {
    var health = pages.health();
    var isReady = health.stream().noneMatch(ComponentHealth::preventsReadiness);
    Json.write(ctx, isReady ? 200 : 503, HealthBody.of(isReady, health));
  }

  private static void answer(HttpResponseException refusal, Context ctx) {
    // Javalin reports the allowed methods as the only detail. The name of the detail varies.
    if (refusal.getStatus() == 405) {
      refusal.getDetails().values().forEach(methods -> ctx.header("Allow", methods));
    }
    Json.write(ctx, refusal.getStatus(), error(refusal.getStatus()));
  }

  private static void answer(Exception failure, Context ctx) {
    LOG.error("A request to the management listener failed", failure);
    Json.write(ctx, 500, error(500));
  }

  static ErrorBody error(int status) {
    return switch (status) {
      case 404 -> ErrorBody.routeNotFound();
      case 405 -> ErrorBody.methodNotAllowed();
      case 500 -> ErrorBody.internalServerError();
      default -> ErrorBody.refused(HttpStatus.getMessage(status));
    };
  }
}
