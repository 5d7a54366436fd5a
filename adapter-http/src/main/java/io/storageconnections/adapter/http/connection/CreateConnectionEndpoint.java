package io.storageconnections.adapter.http.connection;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.error.FailureResponse;
import io.storageconnections.adapter.http.error.Resource;
import io.storageconnections.adapter.http.error.ViolationPaths;
import io.storageconnections.adapter.http.link.Links;
import io.storageconnections.adapter.http.pipeline.JsonEndpoint;
import io.storageconnections.adapter.http.request.RequestBody;
import io.storageconnections.adapter.http.response.ETag;
import io.storageconnections.adapter.http.response.Json;
import io.storageconnections.adapter.http.response.LimitsHeader;
import io.storageconnections.application.connection.ConnectionRequest;
import io.storageconnections.application.connection.CreateStorageConnection;
import io.storageconnections.application.connection.CreateStorageConnection.Created;
import io.storageconnections.application.outcome.Outcome.Failed;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.port.Caller;

/**
 * {@code POST /synchronization/imodels/storageconnections}.
 *
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/create-storage-connection">The
 *     documented operation</a>
 */
record CreateConnectionEndpoint(
    CreateStorageConnection createStorageConnection, Links links, LimitsHeader limits)
    implements JsonEndpoint {

  private static final FailureResponse FAILURE =
      new FailureResponse(Resource.CONNECTION, ViolationPaths.SAME_AS_BODY);

  @Override
  public Resource resource() {
    return Resource.CONNECTION;
  }

  @Override
  public void answer(Context ctx, Caller caller, RequestBody body) {
    switch (createStorageConnection.create(caller, request(body))) {
      case Success(var created) -> writeCreated(ctx, created);
      case Failed(var failure) -> FAILURE.write(ctx, failure, links);
    }
  }

  private static ConnectionRequest request(RequestBody body) {
    return new ConnectionRequest(
        body.text("displayName"),
        body.text("iModelId"),
        body.text("authenticationType"),
        body.sourceFiles(),
        body.mistyped());
  }

  private void writeCreated(Context ctx, Created created) {
    var connection = created.connection();
    ctx.header("Location", links.connection(connection.id()));
    ETag.of(connection).addTo(ctx);
    limits.addTo(ctx, created.usage());
    Json.write(ctx, 201, ConnectionBody.of(connection, links));
  }
}
