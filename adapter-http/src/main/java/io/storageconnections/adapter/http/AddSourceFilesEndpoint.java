package io.storageconnections.adapter.http;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.ErrorBody.Resource;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.sourcefile.AddSourceFiles;
import io.storageconnections.application.sourcefile.AddSourceFiles.Addition;
import io.storageconnections.application.sourcefile.AddSourceFiles.Outcome.Added;
import io.storageconnections.application.sourcefile.AddSourceFiles.Outcome.ConnectionNotFound;
import io.storageconnections.application.sourcefile.AddSourceFiles.Outcome.FilesAlreadyMapped;
import io.storageconnections.application.sourcefile.AddSourceFiles.Outcome.Invalid;
import io.storageconnections.application.sourcefile.AddSourceFiles.Outcome.LimitReached;

/**
 * {@code POST /synchronization/imodels/storageconnections/{connectionId}/sourcefiles}, with one
 * file or, which is ours, a list of them. Source: api-contract.md, section 1.2, operation 9.
 */
record AddSourceFilesEndpoint(AddSourceFiles addSourceFiles, Links links, LimitsHeader limits)
    implements BodyEndpoint {

  @Override
  public Resource resource() {
    return Resource.SOURCE_FILE;
  }

  @Override
  public void answer(Context ctx, Caller caller, RequestBody body) {
    var many = body.has("sourceFiles");
    if (many && (body.has("storageFileId") || body.has("connectorType"))) {
      Json.write(ctx, 422, ErrorBody.oneFileOrMany());
      return;
    }
    var addition =
        new Addition(
            ctx.pathParam("connectionId"),
            many ? body.sourceFiles() : body.sourceFile(),
            body.mistyped());
    add(ctx, caller, addition, many ? BodyShape.SAME : BodyShape.ONE_FILE);
  }

  private void add(Context ctx, Caller caller, Addition addition, BodyShape shape) {
    switch (addSourceFiles.add(caller, addition)) {
      case Added added -> added(ctx, added, shape);
      case ConnectionNotFound unknown ->
          Json.write(ctx, 404, ErrorBody.connectionToAddToNotFound());
      case Invalid(var violations) ->
          Json.write(ctx, 422, ErrorBody.invalid(Resource.SOURCE_FILE, shape, violations));
      case FilesAlreadyMapped(var conflicts) ->
          Json.write(ctx, 409, ErrorBody.filesAlreadyMapped(shape, conflicts));
      case LimitReached(var excess) ->
          Json.write(ctx, 422, ErrorBody.limitReached(Resource.SOURCE_FILE, shape, excess));
    }
  }

  private void added(Context ctx, Added added, BodyShape shape) {
    limits.announce(ctx, added.usage());
    if (shape == BodyShape.ONE_FILE) {
      var file = added.sourceFiles().getFirst();
      ctx.header("Location", links.sourceFile(added.connection(), file.id()));
      ETag.ofRevision(file.revision()).announce(ctx);
      Json.write(ctx, 201, SourceFileBody.of(file, links));
    } else {
      Json.write(ctx, 201, SourceFileBody.added(added.sourceFiles(), links));
    }
  }
}
