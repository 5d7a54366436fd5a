package io.storageconnections.adapter.http.run;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.error.FailureResponse;
import io.storageconnections.adapter.http.error.Resource;
import io.storageconnections.adapter.http.error.ViolationPaths;
import io.storageconnections.adapter.http.link.Links;
import io.storageconnections.adapter.http.pipeline.Endpoint;
import io.storageconnections.application.outcome.Outcome.Failed;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.run.GetTaskOutput;
import io.storageconnections.application.run.TaskReference;
import java.nio.charset.StandardCharsets;

/**
 * {@code GET
 * /synchronization/imodels/storageconnections/{connectionId}/runs/{runId}/tasks/{taskId}/output}.
 * An addition of this project.
 */
record TaskOutputEndpoint(GetTaskOutput getTaskOutput, Links links) implements Endpoint {

  private static final FailureResponse FAILURE =
      new FailureResponse(Resource.RUN_TASK, ViolationPaths.NO_BODY);

  @Override
  public void answer(Context ctx, Caller caller) {
    var reference =
        new TaskReference(
            ctx.pathParam("connectionId"), ctx.pathParam("runId"), ctx.pathParam("taskId"));
    switch (getTaskOutput.get(caller, reference)) {
      case Success(var output) ->
          // A browser must not take what a connector has printed for a page.
          ctx.header("X-Content-Type-Options", "nosniff")
              .status(200)
              .contentType("text/plain; charset=utf-8")
              .result(output.getBytes(StandardCharsets.UTF_8));
      case Failed(var failure) -> FAILURE.write(ctx, failure, links);
    }
  }
}
