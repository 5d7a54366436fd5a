package io.storageconnections.platform.http.storage;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.storageconnections.adapter.http.RouteGroup;
import io.storageconnections.adapter.http.link.BaseUrl;
import io.storageconnections.adapter.http.pipeline.RequestPipeline;
import io.storageconnections.adapter.http.pipeline.Routes;
import io.storageconnections.adapter.http.response.Json;
import io.storageconnections.application.port.Caller;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.outcome.Outcome.Failed;
import io.storageconnections.platform.application.outcome.Outcome.Success;
import io.storageconnections.platform.application.storage.FileUseCases;
import io.storageconnections.platform.application.storage.FileUseCases.Upload;
import io.storageconnections.platform.domain.storage.StorageItem.StoredFile;
import io.storageconnections.platform.http.error.FailureResponse;
import io.storageconnections.platform.http.error.RequestKind;
import io.storageconnections.platform.http.request.BodyEndpoint;
import io.storageconnections.platform.http.request.JsonMembers;
import io.storageconnections.platform.http.response.Answer;

/**
 * The routes of files, apart from those of their contents.
 *
 * @see <a href="https://developer.bentley.com/apis/storage/overview/">The Storage API</a>
 */
public final class FileRoutes implements RouteGroup {

  private static final String FILE = StorageLinks.STORAGE + "/files/{id}";

  private static final FailureResponse FAILURE = FailureResponse.ofBody(RequestKind.FILE);

  private final FileUseCases files;
  private final StorageLinks links;

  /**
   * Creates the routes.
   *
   * @param url the URL at which clients reach this server
   */
  public FileRoutes(FileUseCases files, BaseUrl url) {
    this.files = files;
    this.links = new StorageLinks(url);
  }

  @Override
  public void mount(Routes routes, RequestPipeline pipeline) {
    routes.add(
        HandlerType.POST,
        StorageLinks.STORAGE + "/folders/{id}/files",
        pipeline.authenticated(new BodyEndpoint(FAILURE, this::create)));
    routes.getAndHead(
        FILE, pipeline.authenticated((ctx, caller) -> write(ctx, files.get(caller, id(ctx)))));
    routes.add(
        HandlerType.PATCH, FILE, pipeline.authenticated(new BodyEndpoint(FAILURE, this::change)));
    routes.add(HandlerType.DELETE, FILE, pipeline.authenticated(this::delete));
    routes.add(
        HandlerType.POST,
        FILE + "/updatecontent",
        pipeline.authenticated(
            (ctx, caller) -> writeUpload(ctx, files.updateContent(caller, id(ctx)))));
    routes.add(
        HandlerType.POST,
        FILE + "/complete",
        pipeline.authenticated((ctx, caller) -> write(ctx, files.complete(caller, id(ctx)))));
    routes.getAndHead(FILE + "/download", pipeline.authenticated(this::download));
  }

  private static String id(Context ctx) {
    return ctx.pathParam("id");
  }

  private void create(Context ctx, Caller caller, JsonMembers body) {
    writeUpload(ctx, files.create(caller, id(ctx), FolderRoutes.request(body)));
  }

  private void change(Context ctx, Caller caller, JsonMembers body) {
    write(ctx, files.change(caller, id(ctx), FolderRoutes.request(body)));
  }

  private void delete(Context ctx, Caller caller) {
    Answer.writeNoContent(ctx, files.delete(caller, id(ctx)), FAILURE);
  }

  private void download(Context ctx, Caller caller) {
    switch (files.download(caller, id(ctx))) {
      case Success(var token) -> {
        ctx.header("Location", links.content(token).href());
        Json.writeNothing(ctx, 302);
      }
      case Failed(var failure) -> FAILURE.write(ctx, failure);
    }
  }

  private void write(Context ctx, Outcome<StoredFile> outcome) {
    Answer.write(ctx, outcome, 200, file -> new ItemBody.File(ItemBody.of(file, links)), FAILURE);
  }

  private void writeUpload(Context ctx, Outcome<Upload> outcome) {
    Answer.write(
        ctx,
        outcome,
        202,
        upload ->
            new ItemBody.Upload(
                new ItemBody.UploadLinks(
                    links.content(upload.token()), links.completion(upload.file()))),
        FAILURE);
  }
}
