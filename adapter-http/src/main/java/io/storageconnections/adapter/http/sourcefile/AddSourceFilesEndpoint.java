package io.storageconnections.adapter.http.sourcefile;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.error.ConnectionErrors;
import io.storageconnections.adapter.http.error.FailureResponse;
import io.storageconnections.adapter.http.error.Resource;
import io.storageconnections.adapter.http.error.ViolationPaths;
import io.storageconnections.adapter.http.link.Links;
import io.storageconnections.adapter.http.pipeline.JsonEndpoint;
import io.storageconnections.adapter.http.request.RequestBody;
import io.storageconnections.adapter.http.response.ETag;
import io.storageconnections.adapter.http.response.Json;
import io.storageconnections.adapter.http.response.LimitsHeader;
import io.storageconnections.application.outcome.Failure.ConnectionNotFound;
import io.storageconnections.application.outcome.Outcome.Failed;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.sourcefile.AddSourceFiles;
import io.storageconnections.application.sourcefile.AddSourceFiles.Added;
import io.storageconnections.application.sourcefile.AddSourceFiles.Addition;

/**
 * {@code POST /synchronization/imodels/storageconnections/{connectionId}/sourcefiles}, with one
 * file or with a list of files. The documented operation takes one file.
 *
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/add-storage-connection-sourcefile">The
 *     documented operation</a>
 */
record AddSourceFilesEndpoint(AddSourceFiles addSourceFiles, Links links, LimitsHeader limits)
    implements JsonEndpoint {

  @Override
  public Resource resource() {
    return Resource.SOURCE_FILE;
  }

  @Override
  public void answer(Context ctx, Caller caller, RequestBody body) {
    var isList = body.hasNonNull("sourceFiles");
    if (isList && (body.hasNonNull("storageFileId") || body.hasNonNull("connectorType"))) {
      Json.write(ctx, 422, ConnectionErrors.singleFileAndList());
      return;
    }
    var addition =
        new Addition(
            ctx.pathParam("connectionId"),
            isList ? body.sourceFiles() : body.asSourceFile(),
            body.mistyped());
    add(
        ctx,
        caller,
        addition,
        isList ? ViolationPaths.SAME_AS_BODY : ViolationPaths.SINGLE_SOURCE_FILE);
  }

  private void add(Context ctx, Caller caller, Addition addition, ViolationPaths paths) {
    switch (addSourceFiles.add(caller, addition)) {
      case Success(var added) -> writeAdded(ctx, added, paths);
      // The documentation has a special error for a missing connection in this operation.
      case Failed(ConnectionNotFound unknown) ->
          Json.write(ctx, 404, ConnectionErrors.connectionOfSourceFileNotFound());
      case Failed(var failure) -> new FailureResponse(resource(), paths).write(ctx, failure, links);
    }
  }

  private void writeAdded(Context ctx, Added added, ViolationPaths paths) {
    limits.addTo(ctx, added.usage());
    if (paths == ViolationPaths.SINGLE_SOURCE_FILE) {
      var file = added.sourceFiles().getFirst();
      ctx.header("Location", links.sourceFile(added.connection(), file.id()));
      ETag.of(file).addTo(ctx);
      Json.write(ctx, 201, SourceFileBody.of(file, links));
    } else {
      Json.write(ctx, 201, SourceFileBody.added(added.sourceFiles(), links));
    }
  }
}
