package io.storageconnections.adapter.http;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.ErrorBody.Resource;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.sourcefile.RemoveSourceFile;
import io.storageconnections.application.sourcefile.RemoveSourceFile.Outcome.ConnectionNotFound;
import io.storageconnections.application.sourcefile.RemoveSourceFile.Outcome.Invalid;
import io.storageconnections.application.sourcefile.RemoveSourceFile.Outcome.Outdated;
import io.storageconnections.application.sourcefile.RemoveSourceFile.Outcome.Removed;
import io.storageconnections.application.sourcefile.RemoveSourceFile.Outcome.SourceFileNotFound;
import io.storageconnections.application.sourcefile.SourceFileReference;

/**
 * {@code DELETE …/storageconnections/{connectionId}/sourcefiles/{sourceFileId}}. Source:
 * api-contract.md, section 1.2, operation 13.
 */
record RemoveSourceFileEndpoint(RemoveSourceFile removeSourceFile) implements Door.Endpoint {

  @Override
  public void answer(Context ctx, Caller caller) {
    var reference =
        new SourceFileReference(ctx.pathParam("connectionId"), ctx.pathParam("sourceFileId"));
    switch (removeSourceFile.remove(caller, reference, ETag.precondition(ctx))) {
      case Removed gone -> Json.writeNothing(ctx, 204);
      case ConnectionNotFound unknown ->
          Json.write(ctx, 404, ErrorBody.notFound(Resource.CONNECTION));
      case SourceFileNotFound unknown ->
          Json.write(ctx, 404, ErrorBody.notFound(Resource.SOURCE_FILE));
      case Outdated(var revision) -> ETag.ofRevision(revision).refuse(ctx, Resource.SOURCE_FILE);
      case Invalid(var violations) ->
          Json.write(ctx, 422, ErrorBody.invalid(Resource.SOURCE_FILE, BodyShape.NONE, violations));
    }
  }
}
