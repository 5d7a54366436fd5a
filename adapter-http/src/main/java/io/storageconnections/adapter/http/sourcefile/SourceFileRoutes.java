package io.storageconnections.adapter.http.sourcefile;

import io.javalin.http.HandlerType;
import io.storageconnections.adapter.http.link.Links;
import io.storageconnections.adapter.http.link.Paths;
import io.storageconnections.adapter.http.pipeline.RequestPipeline;
import io.storageconnections.adapter.http.pipeline.Routes;
import io.storageconnections.adapter.http.response.LimitsHeader;
import io.storageconnections.application.UseCases;

/** The routes of a connection's source files. */
public final class SourceFileRoutes {

  private SourceFileRoutes() {}

  /** Adds the routes to a server. */
  public static void mount(
      Routes routes, RequestPipeline pipeline, UseCases useCases, Links links) {
    routes.add(
        HandlerType.POST,
        Paths.SOURCE_FILES,
        pipeline.authenticated(
            new AddSourceFilesEndpoint(
                useCases.addSourceFiles(), links, new LimitsHeader(useCases.limits()))));
    routes.getAndHead(
        Paths.SOURCE_FILES,
        pipeline.authenticated(new ListSourceFilesEndpoint(useCases.listSourceFiles(), links)));
    routes.getAndHead(
        Paths.SOURCE_FILE,
        pipeline.authenticated(new GetSourceFileEndpoint(useCases.getSourceFile(), links)));
    routes.add(
        HandlerType.PUT,
        Paths.SOURCE_FILE,
        pipeline.authenticated(new UpdateSourceFileEndpoint(useCases.updateSourceFile(), links)));
    routes.add(
        HandlerType.DELETE,
        Paths.SOURCE_FILE,
        pipeline.authenticated(new RemoveSourceFileEndpoint(useCases.removeSourceFile(), links)));
  }
}
