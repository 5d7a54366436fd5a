package io.storageconnections.adapter.http;

import io.storageconnections.adapter.http.development.DevelopmentAccess;
import io.storageconnections.adapter.http.development.RequestLogEndpoints;
import io.storageconnections.adapter.http.development.ScriptEndpoints;
import io.storageconnections.adapter.http.pipeline.Routes;
import io.storageconnections.adapter.http.port.ConnectorScripts;
import io.storageconnections.adapter.http.requestlog.RequestLog;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The routes below {@code /development/}: the log of requests, the scripts of simulated connectors,
 * and those of other parts of this project. An {@link HttpServer} mounts them only if it listens on
 * a loopback address. They need no bearer token; requests of another host name and of web pages of
 * another origin are refused with 403. One object belongs to one server. Thread-safe.
 */
public final class DevelopmentRoutes {

  private final List<RouteGroup> others;
  private final @Nullable ConnectorScripts scripts;
  private final RequestLog log = new RequestLog();

  /**
   * Creates the routes of one server.
   *
   * @param others more routes; their paths begin with {@code /development/}
   */
  public DevelopmentRoutes(List<RouteGroup> others) {
    this(others, null);
  }

  /**
   * Creates the routes of one server, with those of the scripts of simulated connectors.
   *
   * @param others more routes; their paths begin with {@code /development/}
   * @param scripts keeps the scripts; null if the server has none, so that it does not have these
   *     routes
   */
  public DevelopmentRoutes(List<RouteGroup> others, @Nullable ConnectorScripts scripts) {
    this.others = List.copyOf(others);
    this.scripts = scripts;
  }

  /**
   * Creates the routes of one server, with {@code POST /development/reset} and those of the scripts
   * of simulated connectors.
   *
   * @param reset returns the server to its seed; thread-safe; null if the server has no seed, so
   *     that the route answers 404
   * @param scripts keeps the scripts; null if the server has none, so that it does not have these
   *     routes
   * @return the routes
   */
  public static DevelopmentRoutes withReset(
      @Nullable Runnable reset, @Nullable ConnectorScripts scripts) {
    return new DevelopmentRoutes(List.of(new DevelopmentResetRoute(reset)), scripts);
  }

  RequestLog log() {
    return log;
  }

  void mount(Routes routes, HttpApi api) {
    new DevelopmentAccess(api.links().publicUrl()).mount(routes, api.pipeline());
    var below = routes.below(DevelopmentAccess.PREFIX);
    new RequestLogEndpoints(log).mount(below, api.pipeline());
    if (scripts != null) {
      new ScriptEndpoints(scripts).mount(below, api.pipeline());
    }
    others.forEach(group -> group.mount(below, api.pipeline()));
  }
}
