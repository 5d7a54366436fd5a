package io.storageconnections.adapter.http.run;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.error.FailureResponse;
import io.storageconnections.adapter.http.error.Resource;
import io.storageconnections.adapter.http.error.ViolationPaths;
import io.storageconnections.adapter.http.link.Links;
import io.storageconnections.adapter.http.pipeline.Endpoint;
import io.storageconnections.adapter.http.response.Json;
import io.storageconnections.application.connection.ConnectionReference;
import io.storageconnections.application.outcome.Outcome.Failed;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.run.StartRun;

/**
 * {@code POST /synchronization/imodels/storageconnections/{connectionId}/run} and {@code …/runs}.
 * The request has no body.
 *
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/run-storage-connection">The
 *     documented operation</a>
 */
record StartRunEndpoint(StartRun startRun, Links links) implements Endpoint {

  private static final FailureResponse FAILURE =
      new FailureResponse(Resource.RUN, ViolationPaths.NO_BODY);

  @Override
  public void answer(Context ctx, Caller caller) {
    var reference = new ConnectionReference(ctx.pathParam("connectionId"));
    switch (startRun.start(caller, reference)) {
      case Success(var run) -> Json.writeNothing(ctx.header("Location", links.run(run.key())), 202);
      case Failed(var failure) -> FAILURE.write(ctx, failure, links);
    }
  }
}
