package io.storageconnections.adapter.http.connection;

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
import io.storageconnections.application.connection.ListStorageConnections;
import io.storageconnections.application.outcome.Outcome.Failed;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.port.Caller;

/**
 * {@code GET /synchronization/imodels/storageconnections} and {@code
 * /synchronization/imodels/connections}. The two lists differ only in their paths as long as
 * storage connections are the only kind of connections.
 *
 * @param path the path of the list
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/get-storage-connections">The
 *     documented operation</a>
 */
record ListConnectionsEndpoint(
    ListStorageConnections listStorageConnections, Links links, String path)
    implements QueryEndpoint {

  private static final FailureResponse FAILURE =
      new FailureResponse(Resource.CONNECTION, ViolationPaths.NO_BODY);

  @Override
  public Resource resource() {
    return Resource.CONNECTION;
  }

  @Override
  public void answer(Context ctx, Caller caller, QueryParameters parameters) {
    var preference = Preference.of(ctx);
    switch (listStorageConnections.list(caller, query(parameters))) {
      case Success(var listed) -> {
        var paging =
            PagingLinks.of(
                links.connections(path, listed.filter()), listed.pageRequest(), listed.page());
        var body = Json.bytes(ConnectionBody.list(listed.page(), preference, paging, links));
        ETag.ofContent(body).writeOrNotModified(ctx, body);
      }
      case Failed(var failure) -> FAILURE.write(ctx, failure, links);
    }
  }

  private static ListStorageConnections.Query query(QueryParameters parameters) {
    return new ListStorageConnections.Query(
        // Some clients send the parameter without a value, which counts as absent.
        parameters.textUnlessEmpty("iModelId"),
        parameters.text("storageFileId"),
        parameters.text("connectorType"),
        parameters.text("displayName"),
        parameters.number("skip"),
        parameters.number("top"),
        parameters.mistyped());
  }
}
