package io.storageconnections.platform.http.storage;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.storageconnections.adapter.http.RouteGroup;
import io.storageconnections.adapter.http.link.BaseUrl;
import io.storageconnections.adapter.http.link.PagingLinks;
import io.storageconnections.adapter.http.pipeline.Endpoint;
import io.storageconnections.adapter.http.pipeline.RequestPipeline;
import io.storageconnections.adapter.http.pipeline.Routes;
import io.storageconnections.adapter.http.request.QueryParameters;
import io.storageconnections.adapter.http.response.Json;
import io.storageconnections.application.port.Caller;
import io.storageconnections.platform.application.outcome.Outcome.Failed;
import io.storageconnections.platform.application.outcome.Outcome.Success;
import io.storageconnections.platform.application.port.StorageStore.Kind;
import io.storageconnections.platform.application.storage.FolderUseCases;
import io.storageconnections.platform.application.storage.FolderUseCases.Listing;
import io.storageconnections.platform.application.storage.ItemRequest;
import io.storageconnections.platform.application.storage.RequestedPage;
import io.storageconnections.platform.domain.storage.StorageItem.StoredFolder;
import io.storageconnections.platform.http.error.FailureResponse;
import io.storageconnections.platform.http.error.PlatformApi;
import io.storageconnections.platform.http.request.BodyEndpoint;
import io.storageconnections.platform.http.request.Members;

/**
 * The routes of folders.
 *
 * @see <a href="https://developer.bentley.com/apis/storage/overview/">The Storage API</a>
 */
public final class FolderRoutes implements RouteGroup {

  private static final String FOLDER = StorageLinks.STORAGE + "/folders/{id}";

  private static final FailureResponse FAILURE = new FailureResponse(PlatformApi.FOLDER);
  private static final FailureResponse LIST_FAILURE = new FailureResponse(PlatformApi.STORAGE);

  private final FolderUseCases folders;
  private final StorageLinks links;

  /**
   * Creates the routes.
   *
   * @param url the URL at which clients reach this server
   */
  public FolderRoutes(FolderUseCases folders, BaseUrl url) {
    this.folders = folders;
    this.links = new StorageLinks(url);
  }

  @Override
  public void mount(Routes routes, RequestPipeline pipeline) {
    routes.getAndHead(StorageLinks.STORAGE, pipeline.authenticated(this::listRoot));
    routes.getAndHead(FOLDER, pipeline.authenticated(this::get));
    routes.add(
        HandlerType.PATCH, FOLDER, pipeline.authenticated(new BodyEndpoint(FAILURE, this::change)));
    routes.add(HandlerType.DELETE, FOLDER, pipeline.authenticated(this::delete));
    routes.add(
        HandlerType.POST,
        FOLDER + "/folders",
        pipeline.authenticated(new BodyEndpoint(FAILURE, this::create)));
    routes.getAndHead(FOLDER + "/folders", pipeline.authenticated(list(Kind.FOLDERS, "folders")));
    routes.getAndHead(FOLDER + "/files", pipeline.authenticated(list(Kind.FILES, "files")));
    routes.getAndHead(FOLDER + "/list", pipeline.authenticated(list(Kind.ALL, "list")));
  }

  private void create(Context ctx, Caller caller, Members body) {
    switch (folders.create(caller, ctx.pathParam("id"), request(body))) {
      case Success(var folder) -> {
        ctx.header("Location", links.folder(folder.id()).href());
        write(ctx, 201, folder);
      }
      case Failed(var failure) -> FAILURE.write(ctx, failure);
    }
  }

  private void get(Context ctx, Caller caller) {
    switch (folders.get(caller, ctx.pathParam("id"))) {
      case Success(var folder) -> write(ctx, 200, folder);
      case Failed(var failure) -> FAILURE.write(ctx, failure);
    }
  }

  private void change(Context ctx, Caller caller, Members body) {
    switch (folders.change(caller, ctx.pathParam("id"), request(body))) {
      case Success(var folder) -> write(ctx, 200, folder);
      case Failed(var failure) -> FAILURE.write(ctx, failure);
    }
  }

  private void delete(Context ctx, Caller caller) {
    switch (folders.delete(caller, ctx.pathParam("id"))) {
      case Success(var deleted) -> Json.writeNothing(ctx, 204);
      // A request without a body: what is wrong is in its path.
      case Failed(var failure) -> LIST_FAILURE.write(ctx, failure);
    }
  }

  private Endpoint list(Kind kind, String path) {
    return (ctx, caller) -> {
      switch (folders.list(caller, ctx.pathParam("id"), kind, page(new QueryParameters(ctx)))) {
        case Success(var listing) -> {
          var folder = links.folder(listing.folder()).href();
          write(ctx, kind, listing, folder + "/" + path);
        }
        case Failed(var failure) -> LIST_FAILURE.write(ctx, failure);
      }
    };
  }

  private void listRoot(Context ctx, Caller caller) {
    var parameters = new QueryParameters(ctx);
    var iTwin = parameters.textUnlessEmpty("iTwinId");
    // The name of the parameter in older versions of the API.
    var project = parameters.textUnlessEmpty("projectId");
    switch (folders.listRoot(caller, iTwin == null ? project : iTwin, page(parameters))) {
      case Success(var listing) ->
          write(ctx, Kind.ALL, listing, links.root(listing.folder().iTwin()));
      case Failed(var failure) -> LIST_FAILURE.write(ctx, failure);
    }
  }

  private static RequestedPage page(QueryParameters parameters) {
    return new RequestedPage(
        parameters.number("skip"), parameters.number("top"), parameters.mistyped());
  }

  private void write(Context ctx, Kind kind, Listing listing, String list) {
    var items = listing.page().items().stream().map(item -> ItemBody.of(item, links)).toList();
    var paging = PagingLinks.of(list, listing.request(), listing.page());
    Json.write(
        ctx,
        200,
        switch (kind) {
          case FILES -> new ItemBody.Files(items, paging);
          case FOLDERS -> new ItemBody.Folders(items, paging);
          case ALL ->
              new ItemBody.Items(
                  items,
                  new ItemBody.ListLinks(
                      paging.self(), paging.prev(), paging.next(), links.folder(listing.folder())));
        });
  }

  private void write(Context ctx, int status, StoredFolder folder) {
    Json.write(ctx, status, new ItemBody.Folder(ItemBody.of(folder, links)));
  }

  static ItemRequest request(Members body) {
    return new ItemRequest(body.text("displayName"), body.text("description"), body.mistyped());
  }
}
