package io.storageconnections.adapter.http.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.NotFoundResponse;
import io.storageconnections.adapter.http.asset.Asset;
import io.storageconnections.adapter.http.asset.JarFile;
import io.storageconnections.adapter.http.asset.WebLibrary;
import io.storageconnections.adapter.http.pipeline.RequestPipeline;
import io.storageconnections.adapter.http.pipeline.Routes;
import io.storageconnections.adapter.http.response.Json;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.QuotedQualityCSV;
import org.jspecify.annotations.Nullable;

/**
 * The routes of the console: its page, the files that the page loads, and its configuration. They
 * need no token, and set no cookie; the page calls the API with the token of its user. Browsers
 * that ask for the root of the server are sent to the page. Thread-safe.
 */
public final class ConsoleEndpoints {

  /** The path of the page. */
  public static final String PATH = "/console";

  private static final String FOLDER = JarFile.FOLDER + "console/";

  /** Names that cannot leave the folder. The group is the ending. */
  private static final Pattern FILE_NAME =
      Pattern.compile("[a-z0-9-]+(?:/[a-z0-9-]+)*\\.(js|css|svg)");

  private static final Map<String, String> CONTENT_TYPES =
      Map.of("js", "text/javascript", "css", "text/css", "svg", "image/svg+xml");

  private static final Pattern SOURCE_MAP = Pattern.compile("(?m)^//# sourceMappingURL=.*\\R?");

  private final Map<String, String> headers;
  private final Asset page;
  private final Asset configuration;

  /** The files that were asked for; bounded, because all of them are in the jar. */
  private final Map<String, Asset> files = new ConcurrentHashMap<>();

  /**
   * Creates the endpoints of one server.
   *
   * @param configuration what the page must know
   * @param origins the origins that the page may call besides its own
   */
  public ConsoleEndpoints(ConsoleConfiguration configuration, Collection<String> origins) {
    headers = ContentPolicy.headers(origins);
    page = asset("text/html", JarFile.read(FOLDER + "index.html"));
    this.configuration = asset(Json.TYPE, Json.bytes(configuration));
    files.put("lib/preact.js", library(WebLibrary.PREACT.file("dist/preact.module.js")));
    files.put("lib/hooks.js", library(WebLibrary.PREACT.file("hooks/dist/hooks.module.js")));
    files.put("lib/htm.js", library(WebLibrary.HTM.file("dist/htm.module.js")));
  }

  /** Adds the routes to a server. */
  public void mount(Routes routes, RequestPipeline pipeline) {
    var redirect = pipeline.anonymous(ConsoleEndpoints::redirect);
    // Not a route, so that all other requests are answered as on a server without a console.
    routes.before(
        "/",
        ctx -> {
          ctx.header("Vary", "Accept");
          if (isRead(ctx) && acceptsHtml(ctx)) {
            redirect.handle(ctx.skipRemainingHandlers());
          }
        });
    routes.getAndHead(PATH, pipeline.anonymous(page));
    routes.getAndHead(PATH + "/configuration.json", pipeline.anonymous(configuration));
    routes.getAndHead(PATH + "/<file>", pipeline.anonymous(this::answerFile));
  }

  private static void redirect(Context ctx) {
    ctx.header("Location", PATH);
    Json.writeNothing(ctx, 302);
  }

  private static boolean isRead(Context ctx) {
    return List.of(HandlerType.GET, HandlerType.HEAD).contains(ctx.method());
  }

  /**
   * Returns whether the request names HTML in {@code Accept}, as browsers do when they open a page.
   * Wildcards do not count, because they are the default of other clients.
   */
  private static boolean acceptsHtml(Context ctx) {
    var accepted = new QuotedQualityCSV();
    Collections.list(ctx.req().getHeaders("Accept")).forEach(accepted::addValue);
    // Without those whose quality is 0.
    return accepted.getValues().stream()
        .map(range -> range.replaceFirst(";.*", "").strip())
        .anyMatch("text/html"::equalsIgnoreCase);
  }

  private void answerFile(Context ctx) {
    var file = files.computeIfAbsent(ctx.pathParam("file"), this::find);
    if (file == null) {
      throw new NotFoundResponse();
    }
    file.handle(ctx);
  }

  private @Nullable Asset find(String name) {
    var valid = FILE_NAME.matcher(name);
    if (!valid.matches()) {
      return null;
    }
    var content = JarFile.find(FOLDER + name);
    return content == null ? null : asset(CONTENT_TYPES.getOrDefault(valid.group(1), ""), content);
  }

  /**
   * Returns a file of a library. Browsers cannot resolve the name of a library in an import without
   * an inline import map, which the policy forbids; and the source map is not served.
   */
  private Asset library(byte[] content) {
    var text =
        SOURCE_MAP
            .matcher(new String(content, UTF_8))
            .replaceAll("")
            .replace("from\"preact\"", "from\"./preact.js\"");
    return asset(CONTENT_TYPES.getOrDefault("js", ""), text.getBytes(UTF_8));
  }

  private Asset asset(String contentType, byte[] content) {
    return new Asset(contentType, headers, () -> content);
  }
}
