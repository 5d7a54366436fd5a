package io.storageconnections.adapter.http.pipeline;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;

/** Adds routes to a Javalin server. */
public final class Routes {

  private Routes() {}

  /**
   * Adds a route for GET and HEAD. Without a route of its own, Javalin answers HEAD with 200 and
   * does not call the handler.
   */
  public static void read(RoutesConfig routes, String path, Handler handler) {
    routes.get(path, handler);
    routes.head(path, handler);
  }
}
