package io.storageconnections.adapter.http.audit;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.error.FailureResponse;
import io.storageconnections.adapter.http.error.Resource;
import io.storageconnections.adapter.http.error.ViolationPaths;
import io.storageconnections.adapter.http.link.Links;
import io.storageconnections.adapter.http.link.PagingLinks;
import io.storageconnections.adapter.http.pipeline.QueryEndpoint;
import io.storageconnections.adapter.http.request.QueryParameters;
import io.storageconnections.adapter.http.response.ETag;
import io.storageconnections.adapter.http.response.Json;
import io.storageconnections.application.audit.ListAudit;
import io.storageconnections.application.outcome.Outcome.Failed;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.port.Caller;

/**
 * {@code GET /synchronization/imodels/{iModelId}/audit}. The documented API has no such operation.
 */
record ListAuditEndpoint(ListAudit listAudit, Links links) implements QueryEndpoint {

  private static final FailureResponse FAILURE =
      new FailureResponse(Resource.AUDIT, ViolationPaths.NO_BODY);

  @Override
  public Resource resource() {
    return Resource.AUDIT;
  }

  @Override
  public void answer(Context ctx, Caller caller, QueryParameters parameters) {
    switch (listAudit.list(caller, query(ctx, parameters))) {
      case Success(var listed) -> {
        var paging =
            PagingLinks.of(links.audit(listed.filter()), listed.pageRequest(), listed.page());
        var body = Json.bytes(AuditBody.list(listed.page(), paging));
        ETag.ofContent(body).writeOrNotModified(ctx, body);
      }
      case Failed(var failure) -> FAILURE.write(ctx, failure, links);
    }
  }

  private static ListAudit.Query query(Context ctx, QueryParameters parameters) {
    return new ListAudit.Query(
        ctx.pathParam("iModelId"),
        parameters.text("connectionId"),
        parameters.number("skip"),
        parameters.number("top"),
        parameters.mistyped());
  }
}
