package io.storageconnections.adapter.http.run;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.error.FailureResponse;
import io.storageconnections.adapter.http.error.Resource;
import io.storageconnections.adapter.http.error.ViolationPaths;
import io.storageconnections.adapter.http.link.Links;
import io.storageconnections.adapter.http.link.PagingLinks;
import io.storageconnections.adapter.http.pipeline.QueryEndpoint;
import io.storageconnections.adapter.http.request.Preference;
import io.storageconnections.adapter.http.request.QueryParameters;
import io.storageconnections.adapter.http.response.ETag;
import io.storageconnections.adapter.http.response.Json;
import io.storageconnections.application.outcome.Outcome.Failed;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.run.ListRuns;

/**
 * {@code GET /synchronization/imodels/storageconnections/{connectionId}/runs}.
 *
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/get-storage-connection-runs">The
 *     documented operation</a>
 */
record ListRunsEndpoint(ListRuns listRuns, Links links) implements QueryEndpoint {

  private static final FailureResponse FAILURE =
      new FailureResponse(Resource.RUN, ViolationPaths.NO_BODY);

  @Override
  public Resource resource() {
    return Resource.RUN;
  }

  @Override
  public void answer(Context ctx, Caller caller, QueryParameters parameters) {
    var preference = Preference.of(ctx);
    switch (listRuns.list(caller, query(ctx, parameters))) {
      case Success(var listed) -> {
        var paging =
            PagingLinks.of(links.runs(listed.connection()), listed.pageRequest(), listed.page());
        var body = Json.bytes(RunBody.list(listed.page(), preference, paging));
        ETag.ofContent(body).writeOrNotModified(ctx, body);
      }
      case Failed(var failure) -> FAILURE.write(ctx, failure, links);
    }
  }

  private static ListRuns.Query query(Context ctx, QueryParameters parameters) {
    return new ListRuns.Query(
        ctx.pathParam("connectionId"),
        parameters.number("skip"),
        parameters.number("top"),
        parameters.mistyped());
  }
}
