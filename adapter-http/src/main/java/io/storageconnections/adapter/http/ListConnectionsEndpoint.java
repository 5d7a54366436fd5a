package io.storageconnections.adapter.http;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.ErrorBody.Resource;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.connection.ListStorageConnections;
import io.storageconnections.application.connection.ListStorageConnections.Outcome.Invalid;
import io.storageconnections.application.connection.ListStorageConnections.Outcome.Listed;
import io.storageconnections.application.connection.ListStorageConnections.Query;

/**
 * {@code GET /synchronization/imodels/storageconnections} and {@code …/connections}, which differ
 * as long as there is only one kind of connection in nothing but their paths. Source:
 * api-contract.md, section 1.2, operations 2 and 14, and section 1.4.
 *
 * @param path which of them
 */
record ListConnectionsEndpoint(
    ListStorageConnections listStorageConnections, Links links, String path)
    implements Door.Endpoint {

  @Override
  public void answer(Context ctx, Caller caller) {
    var preference = Preference.of(ctx);
    switch (listStorageConnections.list(caller, query(new QueryParameters(ctx)))) {
      case Listed(var filter, var slice, var page) -> {
        var paging = PagingLinks.of(links.connections(path, filter), slice, page);
        var body = Json.bytes(ConnectionBody.list(page, preference, paging, links));
        ETag.ofContent(body).answer(ctx, body);
      }
      case Invalid(var violations) ->
          Json.write(ctx, 422, ErrorBody.invalid(Resource.CONNECTION, BodyShape.NONE, violations));
    }
  }

  private static Query query(QueryParameters parameters) {
    return new Query(
        // Some clients send the parameter without a value: then it was not provided.
        parameters.textIfAny("iModelId"),
        parameters.text("storageFileId"),
        parameters.text("connectorType"),
        parameters.text("displayName"),
        parameters.number("skip"),
        parameters.number("top"),
        parameters.mistyped());
  }
}
