package io.storageconnections.adapter.http.run;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.error.FailureResponse;
import io.storageconnections.adapter.http.error.Resource;
import io.storageconnections.adapter.http.error.ViolationPaths;
import io.storageconnections.adapter.http.link.Links;
import io.storageconnections.adapter.http.pipeline.Endpoint;
import io.storageconnections.adapter.http.response.Json;
import io.storageconnections.application.outcome.Outcome.Failed;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.run.RetryRun;
import io.storageconnections.application.run.RunReference;

/**
 * {@code POST /synchronization/imodels/storageconnections/{connectionId}/runs/{runId}/retry}. An
 * addition of this project.
 */
record RetryRunEndpoint(RetryRun retryRun, Links links) implements Endpoint {

  private static final FailureResponse FAILURE =
      new FailureResponse(Resource.RUN, ViolationPaths.NO_BODY);

  @Override
  public void answer(Context ctx, Caller caller) {
    var reference = new RunReference(ctx.pathParam("connectionId"), ctx.pathParam("runId"));
    switch (retryRun.retry(caller, reference)) {
      case Success(var run) -> Json.writeNothing(ctx.header("Location", links.run(run.key())), 202);
      case Failed(var failure) -> FAILURE.write(ctx, failure, links);
    }
  }
}
