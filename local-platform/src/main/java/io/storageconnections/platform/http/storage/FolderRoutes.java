package io.storageconnections.platform.http.storage;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.storageconnections.adapter.http.RouteGroup;
import io.storageconnections.adapter.http.link.BaseUrl;
import io.storageconnections.adapter.http.pipeline.RequestPipeline;
import io.storageconnections.adapter.http.pipeline.Routes;
import io.storageconnections.application.port.Caller;
import io.storageconnections.platform.application.port.StorageStore.Kind;
import io.storageconnections.platform.application.storage.FolderUseCases;
import io.storageconnections.platform.application.storage.FolderUseCases.Listing;
import io.storageconnections.platform.application.storage.ItemRequest;
import io.storageconnections.platform.domain.storage.StorageItem.StoredFolder;
import io.storageconnections.platform.http.error.FailureResponse;
import io.storageconnections.platform.http.error.RequestKind;
import io.storageconnections.platform.http.request.BodyEndpoint;
import io.storageconnections.platform.http.request.JsonMembers;
import io.storageconnections.platform.http.request.ListEndpoint;
import io.storageconnections.platform.http.request.ListQuery;
import io.storageconnections.platform.http.response.Answer;
import org.jspecify.annotations.Nullable;

/**
 * The routes of folders.
 *
 * @see <a href="https://developer.bentley.com/apis/storage/overview/">The Storage API</a>
 */
public final class FolderRoutes implements RouteGroup {

  private static final String FOLDER = StorageLinks.STORAGE + "/folders/{id}";

  private static final FailureResponse BODY = FailureResponse.ofBody(RequestKind.FOLDER);
  private static final FailureResponse QUERY = FailureResponse.ofQuery(RequestKind.STORAGE);

  private final FolderUseCases folders;
  private final BaseUrl url;
  private final StorageLinks links;

  /**
   * Creates the routes.
   *
   * @param url the URL at which clients reach this server
   */
  public FolderRoutes(FolderUseCases folders, BaseUrl url) {
    this.folders = folders;
    this.url = url;
    this.links = new StorageLinks(url);
  }

  @Override
  public void mount(Routes routes, RequestPipeline pipeline) {
    routes.getAndHead(
        StorageLinks.STORAGE, pipeline.authenticated(new ListEndpoint(QUERY, this::listRoot)));
    routes.getAndHead(FOLDER, pipeline.authenticated(this::get));
    routes.add(
        HandlerType.PATCH, FOLDER, pipeline.authenticated(new BodyEndpoint(BODY, this::change)));
    routes.add(HandlerType.DELETE, FOLDER, pipeline.authenticated(this::delete));
    routes.add(
        HandlerType.POST,
        FOLDER + "/folders",
        pipeline.authenticated(new BodyEndpoint(BODY, this::create)));
    routes.getAndHead(FOLDER + "/folders", pipeline.authenticated(list(Kind.FOLDERS, "folders")));
    routes.getAndHead(FOLDER + "/files", pipeline.authenticated(list(Kind.FILES, "files")));
    routes.getAndHead(FOLDER + "/list", pipeline.authenticated(list(Kind.ALL, "list")));
  }

  private void create(Context ctx, Caller caller, JsonMembers body) {
    var created = folders.create(caller, id(ctx), request(body));
    Answer.write(
        ctx,
        created,
        201,
        folder -> {
          ctx.header("Location", links.folder(folder.id()).href());
          return one(folder);
        },
        BODY);
  }

  private void get(Context ctx, Caller caller) {
    Answer.write(ctx, folders.get(caller, id(ctx)), 200, this::one, QUERY);
  }

  private void change(Context ctx, Caller caller, JsonMembers body) {
    Answer.write(ctx, folders.change(caller, id(ctx), request(body)), 200, this::one, BODY);
  }

  private void delete(Context ctx, Caller caller) {
    Answer.writeNoContent(ctx, folders.delete(caller, id(ctx)), QUERY);
  }

  private ListEndpoint list(Kind kind, String segment) {
    return new ListEndpoint(
        QUERY,
        (ctx, caller, query) ->
            Answer.write(
                ctx,
                folders.list(caller, id(ctx), kind, query(query, null)),
                200,
                listing ->
                    body(
                        kind,
                        listing,
                        query,
                        FOLDER.replace("{id}", listing.folder().toString()) + "/" + segment),
                QUERY));
  }

  private void listRoot(Context ctx, Caller caller, ListQuery query) {
    var iTwin = query.text("iTwinId");
    // The name of the parameter in older versions of the API.
    var project = query.text("projectId");
    Answer.write(
        ctx,
        folders.listRoot(caller, query(query, iTwin == null ? project : iTwin)),
        200,
        listing -> body(Kind.ALL, listing, query, StorageLinks.STORAGE),
        QUERY);
  }

  private static FolderUseCases.Query query(ListQuery query, @Nullable String iTwin) {
    return new FolderUseCases.Query(
        iTwin, query.text("$skip"), query.text("$top"), query.mistyped());
  }

  private Object body(Kind kind, Listing listing, ListQuery query, String path) {
    var items = listing.page().items().stream().map(item -> ItemBody.of(item, links)).toList();
    var paging = query.links(url, path, listing.request(), listing.page());
    return switch (kind) {
      case FILES -> new ItemBody.Files(items, paging);
      case FOLDERS -> new ItemBody.Folders(items, paging);
      case ALL ->
          new ItemBody.Items(
              items,
              new ItemBody.ListLinks(
                  paging.self(), paging.prev(), paging.next(), links.folder(listing.folder())));
    };
  }

  private Object one(StoredFolder folder) {
    return new ItemBody.Folder(ItemBody.of(folder, links));
  }

  private static String id(Context ctx) {
    return ctx.pathParam("id");
  }

  static ItemRequest request(JsonMembers body) {
    return new ItemRequest(body.text("displayName"), body.text("description"), body.mistyped());
  }
}
