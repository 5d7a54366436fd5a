package io.storageconnections.adapter.http.pipeline;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;

/** Adds routes to a Javalin server. */
public final class Routes {

  private Routes() {}

  /**
   * Adds a route for GET and HEAD. If HEAD had no route, Javalin would answer it with 200 and not
   * call the handler.
   */
  public static void getAndHead(RoutesConfig routes, String path, Handler handler) {
    routes.get(path, handler);
    routes.head(path, handler);
  }
}
