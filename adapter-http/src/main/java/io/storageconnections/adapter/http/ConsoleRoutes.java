package io.storageconnections.adapter.http;

import io.storageconnections.adapter.http.console.ConsoleEndpoints;
import io.storageconnections.adapter.http.link.Links;
import java.util.Objects;

/**
 * The routes of the console, a page for browsers that drives the API with the token of its user:
 * {@code /console} and the files below it. A browser that asks for the path {@code /} is sent
 * there. An {@link HttpServer} serves the console if it gets these routes among its other ones.
 */
public final class ConsoleRoutes {

  /** The path of the page, below the URL of the server. */
  public static final String PATH = ConsoleEndpoints.PATH;

  private ConsoleRoutes() {}

  /**
   * Returns a builder of the routes.
   *
   * @param links the links in the answers of the server
   * @param version the version of the server, which the page shows
   * @return a new builder, for a server to whose page users can only paste a token
   */
  public static ConsoleRoutesBuilder builder(Links links, String version) {
    return new ConsoleRoutesBuilder(
        Objects.requireNonNull(links, "links"), Objects.requireNonNull(version, "version"));
  }
}
