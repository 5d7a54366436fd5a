package io.storageconnections.adapter.http.connection;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.error.FailureResponse;
import io.storageconnections.adapter.http.error.Resource;
import io.storageconnections.adapter.http.error.ViolationPaths;
import io.storageconnections.adapter.http.link.Links;
import io.storageconnections.adapter.http.pipeline.Endpoint;
import io.storageconnections.adapter.http.response.ETag;
import io.storageconnections.adapter.http.response.Json;
import io.storageconnections.application.connection.ConnectionReference;
import io.storageconnections.application.connection.DeleteStorageConnection;
import io.storageconnections.application.outcome.Outcome.Failed;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.port.Caller;

/**
 * {@code DELETE /synchronization/imodels/storageconnections/{connectionId}}.
 *
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/delete-storage-connection">The
 *     documented operation</a>
 */
record DeleteConnectionEndpoint(DeleteStorageConnection deleteStorageConnection, Links links)
    implements Endpoint {

  private static final FailureResponse FAILURE =
      new FailureResponse(Resource.CONNECTION, ViolationPaths.NO_BODY);

  @Override
  public void answer(Context ctx, Caller caller) {
    var reference = new ConnectionReference(ctx.pathParam("connectionId"));
    switch (deleteStorageConnection.delete(caller, reference, ETag.precondition(ctx))) {
      case Success(var removed) -> Json.writeNothing(ctx, 204);
      case Failed(var failure) -> FAILURE.write(ctx, failure, links);
    }
  }
}
