package io.storageconnections.adapter.http.announced;

import static io.javalin.http.HandlerType.DELETE;
import static io.javalin.http.HandlerType.GET;
import static io.javalin.http.HandlerType.PATCH;
import static io.javalin.http.HandlerType.POST;
import static io.javalin.http.HandlerType.PUT;

import io.javalin.http.HandlerType;
import io.storageconnections.adapter.http.error.ErrorBody;
import io.storageconnections.adapter.http.link.Paths;
import io.storageconnections.adapter.http.pipeline.RequestPipeline;
import io.storageconnections.adapter.http.pipeline.Routes;
import io.storageconnections.adapter.http.response.Json;
import java.util.List;

/**
 * An operation that the API documents and this server does not implement yet. The server answers it
 * with 501, so that a caller does not search for an error in its request.
 *
 * <p>{@link #ALL} is the only list of these operations. Tests compare it with the document {@code
 * openapi.yaml}, which describes each of them with the tag "Not implemented yet".
 *
 * @param method the HTTP method
 * @param path the path, with parameters in braces
 * @param name the name, as the documentation of the API has it
 */
public record AnnouncedOperation(HandlerType method, String path, String name) {

  private static final String MANIFESTS = "/synchronization/imodels/manifestconnections";
  private static final String MANIFEST = MANIFESTS + "/{connectionId}";
  private static final String MANIFEST_FILES = MANIFEST + "/sourcefiles";
  private static final String MANIFEST_FILE = MANIFEST_FILES + "/{sourceFileId}";
  private static final String CONFIGURATIONS = "/synchronization/configurations";

  /** All operations of this kind. */
  public static final List<AnnouncedOperation> ALL =
      List.of(
          of(POST, MANIFESTS, "Create ManifestConnection"),
          of(GET, MANIFESTS, "List ManifestConnections"),
          of(GET, MANIFEST, "Get ManifestConnection"),
          of(PUT, MANIFEST, "Update ManifestConnection"),
          of(DELETE, MANIFEST, "Delete ManifestConnection"),
          of(POST, MANIFEST + "/runs", "Create ManifestConnection run"),
          of(GET, MANIFEST + "/runs", "List ManifestConnection runs"),
          of(GET, MANIFEST + "/runs/{runId}", "Get ManifestConnection run"),
          of(POST, MANIFEST_FILES, "Add ManifestConnection source file"),
          of(GET, MANIFEST_FILES, "List ManifestConnection source files"),
          of(GET, MANIFEST_FILE, "Get ManifestConnection source file"),
          of(PUT, MANIFEST_FILE, "Update ManifestConnection source file"),
          of(DELETE, MANIFEST_FILE, "Remove ManifestConnection source file"),
          of(POST, CONFIGURATIONS + "/itwins/{iTwinId}", "Create iTwin configuration"),
          of(GET, CONFIGURATIONS + "/itwins/{iTwinId}", "Get iTwin configuration"),
          of(PATCH, CONFIGURATIONS + "/itwins/{iTwinId}", "Update iTwin configuration"),
          of(DELETE, CONFIGURATIONS + "/itwins/{iTwinId}", "Delete iTwin configuration"),
          of(POST, CONFIGURATIONS + "/imodels/{iModelId}", "Create iModel configuration"),
          of(GET, CONFIGURATIONS + "/imodels/{iModelId}", "Get iModel configuration"),
          of(PATCH, CONFIGURATIONS + "/imodels/{iModelId}", "Update iModel configuration"),
          of(DELETE, CONFIGURATIONS + "/imodels/{iModelId}", "Delete iModel configuration"),
          of(
              POST,
              CONFIGURATIONS + "/connections/{connectionId}",
              "Create connection configuration"),
          of(GET, CONFIGURATIONS + "/connections/{connectionId}", "Get connection configuration"),
          of(
              PATCH,
              CONFIGURATIONS + "/connections/{connectionId}",
              "Update connection configuration"),
          of(
              DELETE,
              CONFIGURATIONS + "/connections/{connectionId}",
              "Delete connection configuration"),
          of(GET, "/synchronization/reports", "Get diagnostic reports"));

  /** The operations on runs, which a service without a store of runs does not have. */
  private static final List<AnnouncedOperation> RUNS =
      List.of(
          of(POST, Paths.START_RUN, "Run StorageConnection"),
          of(POST, Paths.RUNS, "Create StorageConnection run"),
          of(GET, Paths.RUNS, "List StorageConnection runs"),
          of(GET, Paths.RUN, "Get StorageConnection run"),
          of(POST, Paths.CANCEL_RUN, "Cancel StorageConnection run"),
          of(POST, Paths.RETRY_RUN, "Retry StorageConnection run"),
          of(GET, Paths.TASK_OUTPUT, "Get StorageConnection task output"));

  private static AnnouncedOperation of(HandlerType method, String path, String name) {
    return new AnnouncedOperation(method, path, name);
  }

  /** Adds a route for each operation to a server. */
  public static void mount(Routes routes, RequestPipeline pipeline) {
    mount(ALL, routes, pipeline);
  }

  /** Adds a route for each operation on runs to a server whose service has no store of runs. */
  public static void mountRuns(Routes routes, RequestPipeline pipeline) {
    mount(RUNS, routes, pipeline);
  }

  private static void mount(
      List<AnnouncedOperation> operations, Routes routes, RequestPipeline pipeline) {
    for (var operation : operations) {
      var handler =
          pipeline.authenticated(
              (ctx, caller) -> Json.write(ctx, 501, ErrorBody.notImplemented(operation.name)));
      if (operation.method.equals(GET)) {
        routes.getAndHead(operation.path, handler);
      } else {
        routes.add(operation.method, operation.path, handler);
      }
    }
  }
}
