package io.storageconnections.adapter.http;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.ErrorBody.Resource;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.sourcefile.GetSourceFile;
import io.storageconnections.application.sourcefile.GetSourceFile.Outcome.ConnectionNotFound;
import io.storageconnections.application.sourcefile.GetSourceFile.Outcome.Found;
import io.storageconnections.application.sourcefile.GetSourceFile.Outcome.Invalid;
import io.storageconnections.application.sourcefile.GetSourceFile.Outcome.SourceFileNotFound;
import io.storageconnections.application.sourcefile.SourceFileReference;

/**
 * {@code GET …/storageconnections/{connectionId}/sourcefiles/{sourceFileId}}. Source:
 * api-contract.md, section 1.2, operation 11.
 */
record GetSourceFileEndpoint(GetSourceFile getSourceFile, Links links) implements Door.Endpoint {

  @Override
  public void answer(Context ctx, Caller caller) {
    var reference =
        new SourceFileReference(ctx.pathParam("connectionId"), ctx.pathParam("sourceFileId"));
    switch (getSourceFile.get(caller, reference)) {
      case Found(var file) ->
          ETag.ofRevision(file.revision()).answer(ctx, Json.bytes(SourceFileBody.of(file, links)));
      case ConnectionNotFound unknown ->
          Json.write(ctx, 404, ErrorBody.notFound(Resource.CONNECTION));
      case SourceFileNotFound unknown ->
          Json.write(ctx, 404, ErrorBody.notFound(Resource.SOURCE_FILE));
      case Invalid(var violations) ->
          Json.write(ctx, 422, ErrorBody.invalid(Resource.SOURCE_FILE, BodyShape.NONE, violations));
    }
  }
}
