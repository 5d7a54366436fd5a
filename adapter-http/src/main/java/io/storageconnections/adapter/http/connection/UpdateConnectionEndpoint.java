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
import io.storageconnections.application.connection.UpdateStorageConnection;
import io.storageconnections.application.outcome.Outcome.Failed;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.port.Caller;

/**
 * {@code PUT /synchronization/imodels/storageconnections/{connectionId}}.
 *
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/update-storage-connection">The
 *     documented operation</a>
 */
record UpdateConnectionEndpoint(UpdateStorageConnection updateStorageConnection, Links links)
    implements JsonEndpoint {

  private static final FailureResponse FAILURE =
      new FailureResponse(Resource.CONNECTION, ViolationPaths.SAME_AS_BODY);

  @Override
  public Resource resource() {
    return Resource.CONNECTION;
  }

  @Override
  public void answer(Context ctx, Caller caller, RequestBody body) {
    switch (updateStorageConnection.update(caller, change(ctx, body), ETag.precondition(ctx))) {
      case Success(var connection) -> {
        ETag.of(connection).addTo(ctx);
        Json.write(ctx, 200, ConnectionBody.of(connection, links));
      }
      case Failed(var failure) -> FAILURE.write(ctx, failure, links);
    }
  }

  private static UpdateStorageConnection.Change change(Context ctx, RequestBody body) {
    return new UpdateStorageConnection.Change(
        ctx.pathParam("connectionId"),
        body.text("displayName"),
        body.text("authenticationType"),
        body.mistyped());
  }
}
