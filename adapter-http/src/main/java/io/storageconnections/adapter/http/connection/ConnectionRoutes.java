package io.storageconnections.adapter.http.connection;

import io.javalin.http.HandlerType;
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
      Routes routes, RequestPipeline pipeline, UseCases useCases, Links links) {
    for (var path : List.of(Paths.STORAGE_CONNECTIONS, Paths.CONNECTIONS)) {
      routes.getAndHead(
          path,
          pipeline.authenticated(
              new ListConnectionsEndpoint(useCases.listStorageConnections(), links, path)));
    }
    routes.add(
        HandlerType.POST,
        Paths.STORAGE_CONNECTIONS,
        pipeline.authenticated(
            new CreateConnectionEndpoint(
                useCases.createStorageConnection(), links, new LimitsHeader(useCases.limits()))));
    routes.getAndHead(
        Paths.STORAGE_CONNECTION,
        pipeline.authenticated(new GetConnectionEndpoint(useCases.getStorageConnection(), links)));
    routes.add(
        HandlerType.PUT,
        Paths.STORAGE_CONNECTION,
        pipeline.authenticated(
            new UpdateConnectionEndpoint(useCases.updateStorageConnection(), links)));
    routes.add(
        HandlerType.DELETE,
        Paths.STORAGE_CONNECTION,
        pipeline.authenticated(
            new DeleteConnectionEndpoint(useCases.deleteStorageConnection(), links)));
  }
}
