package io.storageconnections.adapter.http.error;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.link.Links;
import io.storageconnections.adapter.http.response.ETag;
import io.storageconnections.adapter.http.response.Json;
import io.storageconnections.application.outcome.Failure;
import io.storageconnections.application.outcome.Failure.ConnectionInUse;
import io.storageconnections.application.outcome.Failure.ConnectionNotFound;
import io.storageconnections.application.outcome.Failure.FilesAlreadyMapped;
import io.storageconnections.application.outcome.Failure.IModelDeleted;
import io.storageconnections.application.outcome.Failure.IModelNotFound;
import io.storageconnections.application.outcome.Failure.InsufficientPermissions;
import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Failure.LimitReached;
import io.storageconnections.application.outcome.Failure.NoSourceFiles;
import io.storageconnections.application.outcome.Failure.NothingToRetry;
import io.storageconnections.application.outcome.Failure.Outdated;
import io.storageconnections.application.outcome.Failure.RunInProgress;
import io.storageconnections.application.outcome.Failure.RunNotCompleted;
import io.storageconnections.application.outcome.Failure.RunNotFound;
import io.storageconnections.application.outcome.Failure.SourceFileNotFound;
import io.storageconnections.application.outcome.Failure.StartRaceLost;
import io.storageconnections.application.outcome.Failure.TaskNotFound;

/**
 * Writes the failures of use cases as answers of the API. No other class translates them, apart
 * from the endpoint that adds source files, for which the API documents an error of its own.
 *
 * @param resource the resource of the operation, which the codes of some failures contain
 * @param paths where the members of the use case's request are in the body of the HTTP request
 */
public record FailureResponse(Resource resource, ViolationPaths paths) {

  /** When a request to start a run that lost a race can find the run of the winner. */
  private static final String START_AGAIN_SECONDS = "1";

  /**
   * Writes the answer to a request that failed.
   *
   * @param links creates the URLs of the runs that an answer names
   */
  public void write(Context ctx, Failure failure, Links links) {
    switch (failure) {
      case Invalid(var violations) ->
          Json.write(ctx, 422, ConnectionErrors.invalid(resource, paths, violations));
      case InsufficientPermissions refused ->
          Json.write(ctx, 403, ErrorBody.insufficientPermissions());
      case IModelNotFound unknown ->
          Json.write(ctx, 404, ConnectionErrors.notFound(Resource.IMODEL));
      case ConnectionNotFound unknown ->
          Json.write(ctx, 404, ConnectionErrors.notFound(Resource.CONNECTION));
      case SourceFileNotFound unknown ->
          Json.write(ctx, 404, ConnectionErrors.notFound(Resource.SOURCE_FILE));
      case RunNotFound unknown -> Json.write(ctx, 404, ConnectionErrors.notFound(Resource.RUN));
      case TaskNotFound unknown ->
          Json.write(ctx, 404, ConnectionErrors.notFound(Resource.RUN_TASK));
      case Outdated(var revision) -> {
        var current = ETag.ofRevision(revision);
        current.addTo(ctx);
        Json.write(ctx, 412, ConnectionErrors.outdated(resource, current.text()));
      }
      case FilesAlreadyMapped(var conflicts) ->
          Json.write(ctx, 409, ConnectionErrors.filesAlreadyMapped(paths, conflicts));
      // The same answer as for an iModel that was deleted before the request.
      case IModelDeleted deleted ->
          Json.write(ctx, 422, ConnectionErrors.unknownIModel(resource, paths));
      case LimitReached(var excess) ->
          Json.write(ctx, 422, ConnectionErrors.limitReached(resource, paths, excess));
      case NoSourceFiles(var connection) ->
          Json.write(ctx, 422, ConnectionErrors.noSourceFiles(links.sourceFiles(connection)));
      // Documented: the run that is live takes the place of the one that is not started.
      case RunInProgress(var run) -> Json.writeNothing(ctx.header("Location", links.run(run)), 303);
      case StartRaceLost(var run) ->
          Json.write(
              ctx.header("Retry-After", START_AGAIN_SECONDS),
              409,
              ConnectionErrors.runStartedMeanwhile(links.run(run)));
      case RunNotCompleted(var run) ->
          Json.write(ctx, 409, ConnectionErrors.runNotCompleted(links.run(run)));
      case NothingToRetry(var run) ->
          Json.write(
              ctx,
              409,
              ConnectionErrors.nothingToRetry(links.run(run), links.runs(run.connection())));
      case ConnectionInUse(var run) ->
          Json.write(ctx, 409, ConnectionErrors.connectionInUse(links.run(run)));
    }
  }
}
