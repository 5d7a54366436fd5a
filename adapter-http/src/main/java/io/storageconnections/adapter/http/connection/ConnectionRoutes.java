package io.storageconnections.adapter.http.connection;

import io.javalin.config.RoutesConfig;
import io.storageconnections.adapter.http.link.Links;
import io.storageconnections.adapter.http.link.Paths;
import io.storageconnections.adapter.http.pipeline.RequestPipeline;
import io.storageconnections.adapter.http.pipeline.Routes;
import io.storageconnections.adapter.http.response.LimitsHeader;
import io.storageconnections.application.UseCases;
import java.util.List;

/** The routes of storage connections. */
public final class ConnectionRoutes {

  private ConnectionRoutes() {}

  /** Adds the routes to a server. */
  public static void mount(
      RoutesConfig routes, RequestPipeline pipeline, UseCases useCases, Links links) {
    for (var path : List.of(Paths.STORAGE_CONNECTIONS, Paths.CONNECTIONS)) {
      Routes.getAndHead(
          routes,
          path,
          pipeline.authenticated(
              new ListConnectionsEndpoint(useCases.listStorageConnections(), links, path)));
    }
    routes.post(
        Paths.STORAGE_CONNECTIONS,
        pipeline.authenticated(
            new CreateConnectionEndpoint(
                useCases.createStorageConnection(), links, new LimitsHeader(useCases.limits()))));
    Routes.getAndHead(
        routes,
        Paths.STORAGE_CONNECTION,
        pipeline.authenticated(new GetConnectionEndpoint(useCases.getStorageConnection(), links)));
    routes.put(
        Paths.STORAGE_CONNECTION,
        pipeline.authenticated(
            new UpdateConnectionEndpoint(useCases.updateStorageConnection(), links)));
    routes.delete(
        Paths.STORAGE_CONNECTION,
        pipeline.authenticated(new DeleteConnectionEndpoint(useCases.deleteStorageConnection())));
  }
}
