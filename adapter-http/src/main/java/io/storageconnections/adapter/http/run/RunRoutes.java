package io.storageconnections.adapter.http.run;

import io.javalin.http.HandlerType;
import io.storageconnections.adapter.http.announced.AnnouncedOperation;
import io.storageconnections.adapter.http.link.Links;
import io.storageconnections.adapter.http.link.Paths;
import io.storageconnections.adapter.http.pipeline.RequestPipeline;
import io.storageconnections.adapter.http.pipeline.Routes;
import io.storageconnections.adapter.http.pipeline.WaitingRequests;
import io.storageconnections.application.UseCases;
import io.storageconnections.application.run.RunUseCases;
import java.util.List;

/** The routes of a connection's runs. */
public final class RunRoutes {

  private RunRoutes() {}

  /**
   * Adds the routes to a server. If the service has no store of runs, they answer 501. Requests
   * that wait for the end of a run are registered in {@code waiting}.
   */
  public static void mount(
      Routes routes,
      RequestPipeline pipeline,
      UseCases useCases,
      Links links,
      WaitingRequests waiting) {
    useCases
        .runs()
        .ifPresentOrElse(
            runs -> mount(routes, pipeline, runs, links, waiting),
            () -> AnnouncedOperation.mountRuns(routes, pipeline));
  }

  private static void mount(
      Routes routes,
      RequestPipeline pipeline,
      RunUseCases runs,
      Links links,
      WaitingRequests waiting) {
    // The documentation has the first path; manifest connections have the second one.
    for (var path : List.of(Paths.START_RUN, Paths.RUNS)) {
      routes.add(
          HandlerType.POST,
          path,
          pipeline.authenticated(new StartRunEndpoint(runs.startRun(), links)));
    }
    routes.getAndHead(
        Paths.RUNS, pipeline.authenticated(new ListRunsEndpoint(runs.listRuns(), links)));
    routes.getAndHead(
        Paths.RUN, pipeline.authenticated(new GetRunEndpoint(runs.getRun(), links, waiting)));
    routes.add(
        HandlerType.POST,
        Paths.CANCEL_RUN,
        pipeline.authenticated(new CancelRunEndpoint(runs.cancelRun(), links)));
    routes.add(
        HandlerType.POST,
        Paths.RETRY_RUN,
        pipeline.authenticated(new RetryRunEndpoint(runs.retryRun(), links)));
    routes.getAndHead(
        Paths.TASK_OUTPUT,
        pipeline.authenticated(new TaskOutputEndpoint(runs.getTaskOutput(), links)));
  }
}
