package io.storageconnections.adapter.http.run;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.error.FailureResponse;
import io.storageconnections.adapter.http.error.Resource;
import io.storageconnections.adapter.http.error.ViolationPaths;
import io.storageconnections.adapter.http.link.Links;
import io.storageconnections.adapter.http.pipeline.Endpoint;
import io.storageconnections.adapter.http.pipeline.WaitingRequests;
import io.storageconnections.adapter.http.request.WaitPreference;
import io.storageconnections.adapter.http.response.ETag;
import io.storageconnections.adapter.http.response.Json;
import io.storageconnections.application.outcome.Failure.OfRun;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Outcome.Failed;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.run.GetRun;
import io.storageconnections.application.run.RunDetails;
import io.storageconnections.application.run.RunReference;
import java.time.Duration;

/**
 * {@code GET /synchronization/imodels/storageconnections/{connectionId}/runs/{runId}}. A request
 * with {@code Prefer: wait=N} (RFC 7240) is answered when the run is completed, or after N seconds;
 * this is an addition of this project.
 *
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/get-storage-connection-run">The
 *     documented operation</a>
 */
record GetRunEndpoint(GetRun getRun, Links links, WaitingRequests waiting) implements Endpoint {

  private static final FailureResponse FAILURE =
      new FailureResponse(Resource.RUN, ViolationPaths.NO_BODY);

  @Override
  public void answer(Context ctx, Caller caller) {
    var reference = new RunReference(ctx.pathParam("connectionId"), ctx.pathParam("runId"));
    var wait = WaitPreference.of(ctx);
    var polled =
        waiting.poll(
            () -> getRun.get(caller, reference),
            GetRunEndpoint::isFinal,
            wait.orElse(Duration.ZERO));
    switch (polled.value()) {
      case Success(var details) -> {
        if (polled.isTimeApplied()) {
          wait.ifPresent(applied -> WaitPreference.addApplied(ctx, applied));
        }
        ETag.of(details).writeOrNotModified(ctx, Json.bytes(RunBody.of(details)));
      }
      case Failed(var failure) -> FAILURE.write(ctx, failure, links);
    }
  }

  private static boolean isFinal(Outcome<RunDetails, OfRun> outcome) {
    return !(outcome instanceof Success(var details)) || details.run().isCompleted();
  }
}
