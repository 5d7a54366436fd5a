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
import io.storageconnections.application.run.CancelRun;
import io.storageconnections.application.run.RunReference;

/**
 * {@code POST /synchronization/imodels/storageconnections/{connectionId}/runs/{runId}/cancel}. An
 * addition of this project.
 */
record CancelRunEndpoint(CancelRun cancelRun, Links links) implements Endpoint {

  private static final FailureResponse FAILURE =
      new FailureResponse(Resource.RUN, ViolationPaths.NO_BODY);

  @Override
  public void answer(Context ctx, Caller caller) {
    var reference = new RunReference(ctx.pathParam("connectionId"), ctx.pathParam("runId"));
    switch (cancelRun.cancel(caller, reference)) {
      case Success(var cancellation) -> {
        if (cancellation.wasCompleted()) {
          Json.write(ctx, 200, RunBody.of(cancellation.details()));
        } else {
          Json.writeNothing(ctx, 202);
        }
      }
      case Failed(var failure) -> FAILURE.write(ctx, failure, links);
    }
  }
}
