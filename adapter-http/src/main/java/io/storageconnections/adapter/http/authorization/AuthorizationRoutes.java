package io.storageconnections.adapter.http.authorization;

import io.storageconnections.adapter.http.link.Links;
import io.storageconnections.adapter.http.link.Paths;
import io.storageconnections.adapter.http.pipeline.RequestPipeline;
import io.storageconnections.adapter.http.pipeline.Routes;
import io.storageconnections.application.UseCases;

/** The route of the authorization information. */
public final class AuthorizationRoutes {

  private AuthorizationRoutes() {}

  /** Adds the route to a server. */
  public static void mount(
      Routes routes, RequestPipeline pipeline, UseCases useCases, Links links) {
    routes.getAndHead(
        Paths.AUTHORIZATION_INFORMATION,
        pipeline.authenticated(
            new AuthorizationInformationEndpoint(useCases.getAuthorizationInformation(), links)));
  }
}
