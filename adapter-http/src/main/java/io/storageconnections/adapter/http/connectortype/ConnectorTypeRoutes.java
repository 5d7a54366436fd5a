package io.storageconnections.adapter.http.connectortype;

import io.storageconnections.adapter.http.link.Paths;
import io.storageconnections.adapter.http.pipeline.RequestPipeline;
import io.storageconnections.adapter.http.pipeline.Routes;
import io.storageconnections.application.UseCases;

/** The route of the connector types. */
public final class ConnectorTypeRoutes {

  private ConnectorTypeRoutes() {}

  /** Adds the route to a server. */
  public static void mount(Routes routes, RequestPipeline pipeline, UseCases useCases) {
    routes.getAndHead(
        Paths.CONNECTOR_TYPES,
        pipeline.authenticated(new ConnectorTypesEndpoint(useCases.listConnectorTypes())));
  }
}
