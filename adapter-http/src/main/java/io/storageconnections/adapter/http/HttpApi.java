package io.storageconnections.adapter.http;

import io.github.bucket4j.TimeMeter;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.storageconnections.application.UseCases;
import io.storageconnections.application.port.out.TokenVerifier;

/**
 * The routes of the documented API, to be mounted into a Javalin server. Each authenticates,
 * counts, and turns its own failures into the API's envelope; correlation ids, CORS, and answers
 * where no route is met are the server's. Thread-safe.
 */
public final class HttpApi {

  static final String CONNECTIONS = "/synchronization/imodels/storageconnections";

  private final UseCases useCases;
  private final Links links;
  private final RateLimit limit;
  private final Door door;

  /**
   * The routes to {@code useCases}.
   *
   * @param requestsPerMinute how many requests each client may make a minute; 0 for no limit
   */
  public HttpApi(UseCases useCases, TokenVerifier verifier, Links links, int requestsPerMinute) {
    this(useCases, verifier, links, new RateLimit(requestsPerMinute, TimeMeter.SYSTEM_NANOTIME));
  }

  HttpApi(UseCases useCases, TokenVerifier verifier, Links links, RateLimit limit) {
    this.useCases = useCases;
    this.links = links;
    this.limit = limit;
    this.door = new Door(new BearerAuthentication(verifier), limit);
  }

  /** Adds the routes to those of a server. */
  public void mount(RoutesConfig routes) {
    routes.post(
        CONNECTIONS,
        door.authenticated(
            new CreateConnectionEndpoint(useCases.createStorageConnection(), links)));
    read(
        routes,
        CONNECTIONS + "/{connectionId}",
        door.authenticated(new GetConnectionEndpoint(useCases.getStorageConnection(), links)));
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
