package io.storageconnections.adapter.http.sourcefile;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.error.FailureResponse;
import io.storageconnections.adapter.http.error.Resource;
import io.storageconnections.adapter.http.error.ViolationPaths;
import io.storageconnections.adapter.http.link.Links;
import io.storageconnections.adapter.http.pipeline.Endpoint;
import io.storageconnections.adapter.http.response.ETag;
import io.storageconnections.adapter.http.response.Json;
import io.storageconnections.application.outcome.Outcome.Failed;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.sourcefile.GetSourceFile;
import io.storageconnections.application.sourcefile.SourceFileReference;

/**
 * {@code GET
 * /synchronization/imodels/storageconnections/{connectionId}/sourcefiles/{sourceFileId}}.
 *
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/get-storage-connection-sourcefile">The
 *     documented operation</a>
 */
record GetSourceFileEndpoint(GetSourceFile getSourceFile, Links links) implements Endpoint {

  private static final FailureResponse FAILURE =
      new FailureResponse(Resource.SOURCE_FILE, ViolationPaths.NO_BODY);

  @Override
  public void answer(Context ctx, Caller caller) {
    var reference =
        new SourceFileReference(ctx.pathParam("connectionId"), ctx.pathParam("sourceFileId"));
    switch (getSourceFile.get(caller, reference)) {
      case Success(var file) ->
          ETag.of(file).writeOrNotModified(ctx, Json.bytes(SourceFileBody.of(file, links)));
      case Failed(var failure) -> FAILURE.write(ctx, failure, links);
    }
  }
}
