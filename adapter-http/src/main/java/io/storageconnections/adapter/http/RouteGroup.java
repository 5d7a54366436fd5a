package io.storageconnections.adapter.http;

import io.storageconnections.adapter.http.pipeline.RequestPipeline;
import io.storageconnections.adapter.http.pipeline.Routes;

/**
 * Routes of another part of this project, which an {@link HttpServer} serves beside the routes of
 * the {@link HttpApi}. They use the same authentication, rate limit and error bodies. Only modules
 * of this project implement it: the parameters of its method are not a stable API.
 */
@FunctionalInterface
public interface RouteGroup {

  /**
   * Adds the routes to a server.
   *
   * @param routes the routes of the server, before it starts
   * @param pipeline the steps that every request passes
   */
  void mount(Routes routes, RequestPipeline pipeline);
}
