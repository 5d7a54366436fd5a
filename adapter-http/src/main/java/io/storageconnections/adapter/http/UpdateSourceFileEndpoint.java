package io.storageconnections.adapter.http;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.ErrorBody.Resource;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.sourcefile.UpdateSourceFile;
import io.storageconnections.application.sourcefile.UpdateSourceFile.Change;
import io.storageconnections.application.sourcefile.UpdateSourceFile.Outcome.ConnectionNotFound;
import io.storageconnections.application.sourcefile.UpdateSourceFile.Outcome.FilesAlreadyMapped;
import io.storageconnections.application.sourcefile.UpdateSourceFile.Outcome.Invalid;
import io.storageconnections.application.sourcefile.UpdateSourceFile.Outcome.Outdated;
import io.storageconnections.application.sourcefile.UpdateSourceFile.Outcome.SourceFileNotFound;
import io.storageconnections.application.sourcefile.UpdateSourceFile.Outcome.Updated;

/**
 * {@code PUT …/storageconnections/{connectionId}/sourcefiles/{sourceFileId}}. Source:
 * api-contract.md, section 1.2, operation 12.
 */
record UpdateSourceFileEndpoint(UpdateSourceFile updateSourceFile, Links links)
    implements BodyEndpoint {

  @Override
  public Resource resource() {
    return Resource.SOURCE_FILE;
  }

  @Override
  public void answer(Context ctx, Caller caller, RequestBody body) {
    switch (updateSourceFile.update(caller, change(ctx, body), ETag.precondition(ctx))) {
      case Updated(var file) -> {
        ETag.ofRevision(file.revision()).announce(ctx);
        Json.write(ctx, 200, SourceFileBody.of(file, links));
      }
      case ConnectionNotFound unknown ->
          Json.write(ctx, 404, ErrorBody.notFound(Resource.CONNECTION));
      case SourceFileNotFound unknown ->
          Json.write(ctx, 404, ErrorBody.notFound(Resource.SOURCE_FILE));
      case Outdated(var revision) -> ETag.ofRevision(revision).refuse(ctx, Resource.SOURCE_FILE);
      case Invalid(var violations) ->
          Json.write(
              ctx, 422, ErrorBody.invalid(Resource.SOURCE_FILE, BodyShape.ONE_FILE, violations));
      case FilesAlreadyMapped(var conflicts) ->
          Json.write(ctx, 409, ErrorBody.filesAlreadyMapped(BodyShape.ONE_FILE, conflicts));
    }
  }

  private static Change change(Context ctx, RequestBody body) {
    return new Change(
        ctx.pathParam("connectionId"),
        ctx.pathParam("sourceFileId"),
        body.text("storageFileId"),
        body.text("connectorType"),
        body.mistyped());
  }
}
