package io.storageconnections.platform.http.unsupported;

import static io.javalin.http.HandlerType.DELETE;
import static io.javalin.http.HandlerType.GET;
import static io.javalin.http.HandlerType.PATCH;
import static io.javalin.http.HandlerType.POST;
import static io.javalin.http.HandlerType.PUT;

import io.javalin.http.HandlerType;
import io.storageconnections.adapter.http.RouteGroup;
import io.storageconnections.adapter.http.error.ErrorBody;
import io.storageconnections.adapter.http.pipeline.RequestPipeline;
import io.storageconnections.adapter.http.pipeline.Routes;
import io.storageconnections.adapter.http.response.Json;
import java.util.List;

/**
 * The operations that the iTwins, iModels and Storage APIs document and a local platform does not
 * have. The server answers them with 501 and their name, so that a caller does not search for an
 * error in its request. Mount them before routes with a parameter in the same place as a literal
 * here, because the first route that matches answers.
 */
public final class UnsupportedOperations implements RouteGroup {

  private static final String ITWIN = "/itwins/{id}";
  private static final String IMODEL = "/imodels/{id}";

  /**
   * An operation.
   *
   * @param name the name, as the documentation of the API has it
   */
  private record Operation(HandlerType method, String path, String name) {}

  private static final List<Operation> OPERATIONS =
      List.of(
          of(GET, "/itwins/favorites", "Get my favorite iTwins"),
          of(POST, "/itwins/favorites/{id}", "Add iTwin to my favorites"),
          of(DELETE, "/itwins/favorites/{id}", "Remove iTwin from my favorites"),
          of(GET, "/itwins/recents", "Get my recently used iTwins"),
          of(POST, "/itwins/recents/{id}", "Add iTwin to my recents"),
          of(GET, "/itwins/myprimaryaccount", "Get my primary account"),
          of(GET, "/itwins/exports", "Get my exports"),
          of(POST, "/itwins/exports", "Create export"),
          of(GET, "/itwins/exports/{id}", "Get export"),
          of(GET, ITWIN + "/account", "Get iTwin account"),
          of(PUT, ITWIN + "/image", "Upload iTwin image"),
          of(GET, ITWIN + "/image", "Get iTwin image"),
          of(DELETE, ITWIN + "/image", "Delete iTwin image"),
          of(GET, ITWIN + "/repositories", "Get iTwin repositories"),
          of(POST, ITWIN + "/repositories", "Create iTwin repository"),
          of(GET, ITWIN + "/repositories/{repositoryId}", "Get iTwin repository"),
          of(PATCH, ITWIN + "/repositories/{repositoryId}", "Update iTwin repository"),
          of(DELETE, ITWIN + "/repositories/{repositoryId}", "Delete iTwin repository"),
          of(POST, IMODEL + "/clone", "Clone iModel"),
          of(POST, IMODEL + "/fork", "Fork iModel"),
          of(GET, IMODEL + "/users", "Get iModel users"),
          of(GET, IMODEL + "/permissions", "Get user permissions for iModel"),
          of(GET, IMODEL + "/thumbnail", "Get iModel thumbnail"),
          of(PUT, IMODEL + "/thumbnail", "Update iModel thumbnail"),
          of(GET, IMODEL + "/changesets", "Get iModel changesets"),
          of(POST, IMODEL + "/changesets", "Create iModel changeset"),
          of(GET, IMODEL + "/changesets/{changesetId}", "Get iModel changeset"),
          of(PATCH, IMODEL + "/changesets/{changesetId}", "Update iModel changeset"),
          of(GET, IMODEL + "/changesetgroups", "Get iModel changeset groups"),
          of(POST, IMODEL + "/changesetgroups", "Create iModel changeset group"),
          of(GET, IMODEL + "/changesets/{changesetId}/checkpoint", "Get changeset checkpoint"),
          of(GET, IMODEL + "/namedversions", "Get iModel named versions"),
          of(POST, IMODEL + "/namedversions", "Create iModel named version"),
          of(GET, IMODEL + "/namedversions/{versionId}", "Get iModel named version"),
          of(PATCH, IMODEL + "/namedversions/{versionId}", "Update iModel named version"),
          of(GET, IMODEL + "/namedversions/{versionId}/checkpoint", "Get version checkpoint"),
          of(GET, IMODEL + "/briefcases", "Get iModel briefcases"),
          of(POST, IMODEL + "/briefcases", "Acquire iModel briefcase"),
          of(GET, IMODEL + "/briefcases/{briefcaseId}", "Get iModel briefcase"),
          of(DELETE, IMODEL + "/briefcases/{briefcaseId}", "Release iModel briefcase"),
          of(GET, IMODEL + "/locks", "Get iModel locks"),
          of(PATCH, IMODEL + "/locks", "Update iModel locks"),
          of(GET, "/storage/folders/{id}/search", "Search for folders and files in folder"),
          of(GET, "/storage/recyclebin", "Get folders and files in recycle bin"),
          of(DELETE, "/storage/recyclebin/files/{id}", "Delete file from recycle bin"),
          of(DELETE, "/storage/recyclebin/folders/{id}", "Delete folder from recycle bin"),
          of(POST, "/storage/recyclebin/files/{id}/restore", "Restore file from recycle bin"),
          of(POST, "/storage/recyclebin/folders/{id}/restore", "Restore folder from recycle bin"));

  private static Operation of(HandlerType method, String path, String name) {
    return new Operation(method, path, name);
  }

  @Override
  public void mount(Routes routes, RequestPipeline pipeline) {
    for (var operation : OPERATIONS) {
      var handler =
          pipeline.authenticated(
              (ctx, caller) -> Json.write(ctx, 501, ErrorBody.notImplemented(operation.name())));
      if (operation.method().equals(GET)) {
        routes.getAndHead(operation.path(), handler);
      } else {
        routes.add(operation.method(), operation.path(), handler);
      }
    }
  }
}
