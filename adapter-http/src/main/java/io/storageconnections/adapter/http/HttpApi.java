package io.storageconnections.adapter.http;

import io.github.bucket4j.TimeMeter;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.storageconnections.application.UseCases;
import io.storageconnections.application.port.RequestAllowance;
import io.storageconnections.application.port.TokenVerifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The routes of the documented API, to be mounted into a Javalin server. Each authenticates,
 * counts, and turns its own failures into the API's envelope; CORS, compression, whether the case
 * of a path matters, and answers where no route is met are the server's. Thread-safe.
 */
public final class HttpApi {

  /** Of every path of the API, which has nothing else under it. */
  static final String PREFIX = "/synchronization/";

  static final String CONNECTIONS = "/synchronization/imodels/storageconnections";
  static final String AUTHORIZATION_PAGE = "/synchronization/authorization";

  private static final String ALL_CONNECTIONS = "/synchronization/imodels/connections";
  private static final String CONNECTION = CONNECTIONS + "/{connectionId}";
  private static final String SOURCE_FILES = CONNECTION + "/sourcefiles";
  private static final String SOURCE_FILE = SOURCE_FILES + "/{sourceFileId}";

  private final UseCases useCases;
  private final Links links;
  private final RateLimit limit;
  private final Door door;

  /**
   * The routes to {@code useCases}.
   *
   * @param useCases what the routes lead to; stays its owner's to close
   * @param verifier judges the token of each request; stays its owner's to close
   * @param links makes the links of answers
   * @param requestsPerMinute how many requests each client may make a minute; 0 for no limit
   * @param ofAllNodes counts them for all nodes together; null if each counts its own
   * @throws IllegalArgumentException if {@code requestsPerMinute} is less than 0
   */
  public HttpApi(
      UseCases useCases,
      TokenVerifier verifier,
      Links links,
      int requestsPerMinute,
      @Nullable RequestAllowance ofAllNodes) {
    this(useCases, verifier, links, limit(requestsPerMinute, ofAllNodes));
  }

  HttpApi(UseCases useCases, TokenVerifier verifier, Links links, RateLimit limit) {
    this.useCases = useCases;
    this.links = links;
    this.limit = limit;
    this.door = new Door(new BearerAuthentication(verifier), limit);
  }

  private static RateLimit limit(int requestsPerMinute, @Nullable RequestAllowance ofAllNodes) {
    return ofAllNodes == null
        ? new RateLimit(requestsPerMinute, TimeMeter.SYSTEM_NANOTIME)
        : new RateLimit(requestsPerMinute, TimeMeter.SYSTEM_NANOTIME, ofAllNodes);
  }

  /**
   * Adds the routes to those of a server of the host's. All of them begin with {@code
   * /synchronization/}; whatever else the server does stays as it is. What is answered here stays
   * as it is, too, though the host may have error handlers for its status.
   *
   * @param routes those of a server that is being configured
   */
  public void mount(RoutesConfig routes) {
    routes.before(PREFIX + "*", CorrelationId::begin);
    routes.after(PREFIX + "*", Json::writeAgain);
    routes.after(PREFIX + "*", CorrelationId::end);
    mountRoutes(routes);
  }

  void mountRoutes(RoutesConfig routes) {
    mountConnections(routes);
    mountSourceFiles(routes);
    read(
        routes,
        ALL_CONNECTIONS + "/authorizationinformation",
        door.authenticated(
            new AuthorizationInformationEndpoint(useCases.getAuthorizationInformation(), links)));
    read(
        routes,
        "/synchronization/connectortypes",
        door.authenticated(new ConnectorTypesEndpoint(useCases.listConnectorTypes())));
    FutureOperation.mount(routes, door);
  }

  private void mountConnections(RoutesConfig routes) {
    for (var path : List.of(CONNECTIONS, ALL_CONNECTIONS)) {
      read(
          routes,
          path,
          door.authenticated(
              new ListConnectionsEndpoint(useCases.listStorageConnections(), links, path)));
    }
    routes.post(
        CONNECTIONS,
        door.authenticated(
            new CreateConnectionEndpoint(
                useCases.createStorageConnection(), links, new LimitsHeader(useCases.limits()))));
    read(
        routes,
        CONNECTION,
        door.authenticated(new GetConnectionEndpoint(useCases.getStorageConnection(), links)));
    routes.put(
        CONNECTION,
        door.authenticated(
            new UpdateConnectionEndpoint(useCases.updateStorageConnection(), links)));
    routes.delete(
        CONNECTION,
        door.authenticated(new DeleteConnectionEndpoint(useCases.deleteStorageConnection())));
  }

  private void mountSourceFiles(RoutesConfig routes) {
    routes.post(
        SOURCE_FILES,
        door.authenticated(
            new AddSourceFilesEndpoint(
                useCases.addSourceFiles(), links, new LimitsHeader(useCases.limits()))));
    read(
        routes,
        SOURCE_FILES,
        door.authenticated(new ListSourceFilesEndpoint(useCases.listSourceFiles(), links)));
    read(
        routes,
        SOURCE_FILE,
        door.authenticated(new GetSourceFileEndpoint(useCases.getSourceFile(), links)));
    routes.put(
        SOURCE_FILE,
        door.authenticated(new UpdateSourceFileEndpoint(useCases.updateSourceFile(), links)));
    routes.delete(
        SOURCE_FILE, door.authenticated(new RemoveSourceFileEndpoint(useCases.removeSourceFile())));
  }

  /** Also for HEAD, which Javalin would answer with 200 without asking the handler. */
  static void read(RoutesConfig routes, String path, Handler handler) {
    routes.get(path, handler);
    routes.head(path, handler);
  }

  RateLimit limit() {
    return limit;
  }

  Door door() {
    return door;
  }

  UseCases useCases() {
    return useCases;
  }

  Links links() {
    return links;
  }
}
