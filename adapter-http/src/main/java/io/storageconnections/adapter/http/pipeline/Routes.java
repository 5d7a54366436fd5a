package io.storageconnections.adapter.http.pipeline;

import static java.util.stream.Collectors.joining;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.MethodNotAllowedResponse;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Adds routes to a Javalin server, and knows which methods each path supports. */
public final class Routes {

  private static final List<HandlerType> METHODS =
      List.of(
          HandlerType.GET,
          HandlerType.HEAD,
          HandlerType.POST,
          HandlerType.PUT,
          HandlerType.PATCH,
          HandlerType.DELETE);

  private final RoutesConfig server;
  private final String prefix;
  private final Map<String, Set<HandlerType>> methodsByPath;

  /**
   * Creates an object without routes.
   *
   * @param server the routes of the server, before it starts
   */
  public Routes(RoutesConfig server) {
    this(server, "/", new LinkedHashMap<>());
  }

  private Routes(RoutesConfig server, String prefix, Map<String, Set<HandlerType>> methodsByPath) {
    this.server = server;
    this.prefix = prefix;
    this.methodsByPath = methodsByPath;
  }

  /**
   * Returns an object that adds routes to the same server, and refuses a route whose path does not
   * begin with a prefix.
   */
  public Routes below(String pathPrefix) {
    return new Routes(server, pathPrefix, methodsByPath);
  }

  /**
   * Adds a route for GET and HEAD. If HEAD had no route, Javalin would answer it with 200 and not
   * call the handler.
   */
  public void getAndHead(String path, Handler handler) {
    add(HandlerType.GET, path, handler);
    add(HandlerType.HEAD, path, handler);
  }

  /** Adds a handler that runs before the routes below a path. */
  public void before(String path, Handler handler) {
    server.before(checked(path), handler);
  }

  /** Adds a handler that runs after the routes below a path, also if a request failed. */
  public void after(String path, Handler handler) {
    server.after(checked(path), handler);
  }

  /** Adds a route for one method. */
  public void add(HandlerType method, String path, Handler handler) {
    server.addHttpHandler(method, checked(path), handler);
    methodsByPath.computeIfAbsent(path, first -> new LinkedHashSet<>()).add(method);
  }

  private String checked(String path) {
    if (!path.startsWith(prefix)) {
      throw new IllegalArgumentException(path + " does not begin with " + prefix);
    }
    return path;
  }

  /**
   * Adds routes that refuse the other methods of each path with 405, for a server that does not do
   * so by itself.
   */
  public void refuseOtherMethods(RequestPipeline pipeline) {
    methodsByPath.forEach((path, supported) -> {
      var allowed = supported.stream().map(HandlerType::name).collect(joining(", "));
      var refusal =
          pipeline.anonymous(ctx -> {
            throw new MethodNotAllowedResponse("Method not allowed", Map.of("allowed", allowed));
          });
      METHODS.stream()
          .filter(method -> !supported.contains(method))
          .forEach(method -> server.addHttpHandler(method, path, refusal));
    });
  }
}
