package io.storageconnections.adapter.http.sourcefile;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.error.FailureResponse;
import io.storageconnections.adapter.http.error.Resource;
import io.storageconnections.adapter.http.error.ViolationPaths;
import io.storageconnections.adapter.http.link.Links;
import io.storageconnections.adapter.http.pipeline.JsonEndpoint;
import io.storageconnections.adapter.http.request.RequestBody;
import io.storageconnections.adapter.http.response.ETag;
import io.storageconnections.adapter.http.response.Json;
import io.storageconnections.application.outcome.Outcome.Failed;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.sourcefile.UpdateSourceFile;

/**
 * {@code PUT
 * /synchronization/imodels/storageconnections/{connectionId}/sourcefiles/{sourceFileId}}.
 *
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/update-storage-connection-sourcefile">The
 *     documented operation</a>
 */
record UpdateSourceFileEndpoint(UpdateSourceFile updateSourceFile, Links links)
    implements JsonEndpoint {

  private static final FailureResponse FAILURE =
      new FailureResponse(Resource.SOURCE_FILE, ViolationPaths.SINGLE_SOURCE_FILE);

  @Override
  public Resource resource() {
    return Resource.SOURCE_FILE;
  }

  @Override
  public void answer(Context ctx, Caller caller, RequestBody body) {
    switch (updateSourceFile.update(caller, change(ctx, body), ETag.precondition(ctx))) {
      case Success(var file) -> {
        ETag.of(file).addTo(ctx);
        Json.write(ctx, 200, SourceFileBody.of(file, links));
      }
      case Failed(var failure) -> FAILURE.write(ctx, failure, links);
    }
  }

  private static UpdateSourceFile.Change change(Context ctx, RequestBody body) {
    return new UpdateSourceFile.Change(
        ctx.pathParam("connectionId"),
        ctx.pathParam("sourceFileId"),
        body.text("storageFileId"),
        body.text("connectorType"),
        body.mistyped());
  }
}
