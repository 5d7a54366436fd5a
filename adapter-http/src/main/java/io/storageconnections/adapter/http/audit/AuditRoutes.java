package io.storageconnections.adapter.http.audit;

import io.storageconnections.adapter.http.link.Links;
import io.storageconnections.adapter.http.link.Paths;
import io.storageconnections.adapter.http.pipeline.RequestPipeline;
import io.storageconnections.adapter.http.pipeline.Routes;
import io.storageconnections.application.UseCases;

/** The route of the audit trail of an iModel, an addition of this project. */
public final class AuditRoutes {

  private AuditRoutes() {}

  /** Adds the route to a server. */
  public static void mount(
      Routes routes, RequestPipeline pipeline, UseCases useCases, Links links) {
    routes.getAndHead(
        Paths.AUDIT, pipeline.authenticated(new ListAuditEndpoint(useCases.listAudit(), links)));
  }
}
