package io.storageconnections.adapter.http;

import io.javalin.config.RoutesConfig;
import io.opentelemetry.api.OpenTelemetry;
import io.storageconnections.adapter.http.announced.AnnouncedOperation;
import io.storageconnections.adapter.http.audit.AuditRoutes;
import io.storageconnections.adapter.http.authorization.AuthorizationRoutes;
import io.storageconnections.adapter.http.connection.ConnectionRoutes;
import io.storageconnections.adapter.http.connectortype.ConnectorTypeRoutes;
import io.storageconnections.adapter.http.link.Links;
import io.storageconnections.adapter.http.link.Paths;
import io.storageconnections.adapter.http.pipeline.CorrelationId;
import io.storageconnections.adapter.http.pipeline.RequestPipeline;
import io.storageconnections.adapter.http.pipeline.RequestTrace;
import io.storageconnections.adapter.http.pipeline.Routes;
import io.storageconnections.adapter.http.pipeline.WaitingRequests;
import io.storageconnections.adapter.http.ratelimit.RateLimit;
import io.storageconnections.adapter.http.response.Json;
import io.storageconnections.adapter.http.run.RunRoutes;
import io.storageconnections.adapter.http.security.Authentication;
import io.storageconnections.adapter.http.sourcefile.SourceFileRoutes;
import io.storageconnections.application.UseCases;
import java.util.Objects;

/**
 * The routes of the documented API, for a Javalin server. Each route authenticates the caller,
 * applies the rate limit, and turns its own failures into the error bodies of the API. The server
 * itself decides about CORS, compression, the case of paths, and requests that match no route.
 * Thread-safe.
 */
public final class HttpApi {

  private final UseCases useCases;
  private final Links links;
  private final RateLimit limit;
  private final OpenTelemetry openTelemetry;
  private final RequestPipeline pipeline;

  HttpApi(
      UseCases useCases,
      Authentication authentication,
      Links links,
      RateLimit limit,
      OpenTelemetry openTelemetry) {
    this.useCases = useCases;
    this.links = links;
    this.limit = limit;
    this.openTelemetry = openTelemetry;
    this.pipeline = new RequestPipeline(authentication, limit);
  }

  /**
   * Returns a builder of an API.
   *
   * @param useCases the use cases that the routes call; the caller closes the store and other
   *     resources behind them
   * @return a new builder, without authentication, links and rate limit
   * @throws NullPointerException if {@code useCases} is null
   */
  public static HttpApiBuilder builder(UseCases useCases) {
    return new HttpApiBuilder(Objects.requireNonNull(useCases, "useCases"));
  }

  /**
   * Adds the routes to a Javalin server that the calling application configures and starts. The
   * path of every route begins with {@code /synchronization/}; other routes of the server are not
   * affected. A method that a path does not support is answered with 405. An error handler of the
   * application does not change the answers of these routes.
   *
   * @param routes the routes of the server, before it starts
   */
  public void mount(RoutesConfig routes) {
    routes.before(Paths.API + "*", CorrelationId::begin);
    routes.before(Paths.API + "*", ctx -> RequestTrace.begin(ctx, openTelemetry));
    routes.after(Paths.API + "*", Json::restoreLastAnswer);
    routes.after(Paths.API + "*", RequestTrace::end);
    var own = new Routes(routes);
    mountRoutes(own, new WaitingRequests());
    own.refuseOtherMethods(pipeline);
  }

  /**
   * Adds the routes to a server.
   *
   * @param waiting the requests of this server that wait; the server releases them when it stops
   */
  void mountRoutes(Routes routes, WaitingRequests waiting) {
    ConnectionRoutes.mount(routes, pipeline, useCases, links);
    SourceFileRoutes.mount(routes, pipeline, useCases, links);
    RunRoutes.mount(routes, pipeline, useCases, links, waiting);
    // After the connections, whose paths begin with the place of the id of the iModel.
    AuditRoutes.mount(routes, pipeline, useCases, links);
    AuthorizationRoutes.mount(routes, pipeline, useCases, links);
    ConnectorTypeRoutes.mount(routes, pipeline, useCases);
    AnnouncedOperation.mount(routes, pipeline);
  }

  RateLimit limit() {
    return limit;
  }

  RequestPipeline pipeline() {
    return pipeline;
  }

  UseCases useCases() {
    return useCases;
  }

  OpenTelemetry openTelemetry() {
    return openTelemetry;
  }

  Links links() {
    return links;
  }
}
