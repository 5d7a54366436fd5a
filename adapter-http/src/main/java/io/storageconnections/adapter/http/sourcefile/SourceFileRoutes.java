package io.storageconnections.adapter.http.sourcefile;

import io.javalin.config.RoutesConfig;
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
      RoutesConfig routes, RequestPipeline pipeline, UseCases useCases, Links links) {
    routes.post(
        Paths.SOURCE_FILES,
        pipeline.authenticated(
            new AddSourceFilesEndpoint(
                useCases.addSourceFiles(), links, new LimitsHeader(useCases.limits()))));
    Routes.getAndHead(
        routes,
        Paths.SOURCE_FILES,
        pipeline.authenticated(new ListSourceFilesEndpoint(useCases.listSourceFiles(), links)));
    Routes.getAndHead(
        routes,
        Paths.SOURCE_FILE,
        pipeline.authenticated(new GetSourceFileEndpoint(useCases.getSourceFile(), links)));
    routes.put(
        Paths.SOURCE_FILE,
        pipeline.authenticated(new UpdateSourceFileEndpoint(useCases.updateSourceFile(), links)));
    routes.delete(
        Paths.SOURCE_FILE,
        pipeline.authenticated(new RemoveSourceFileEndpoint(useCases.removeSourceFile())));
  }
}
