package io.storageconnections.adapter.http.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.storageconnections.adapter.http.link.Paths;
import io.storageconnections.adapter.http.pipeline.RequestPipeline;
import io.storageconnections.adapter.http.pipeline.Routes;
import io.storageconnections.adapter.http.response.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What there is to read: the OpenAPI document, a page that shows it, and the page that
 * authorization information leads to. Nothing on them comes from another server.
 */
public record DocsEndpoints() {

  /** Swagger UI sets styles of its own making, and draws its signs from data URLs. */
  private static final String POLICY =
      "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline';"
          + " object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final String FOLDER = "/io/storageconnections/adapter/http/";

  public void mount(RoutesConfig routes, RequestPipeline pipeline) {
    read(routes, pipeline, "/openapi.yaml", page("application/yaml", "openapi.yaml"));
    read(routes, pipeline, "/openapi.json", asset(Json.TYPE, DocsEndpoints::json));
    read(routes, pipeline, "/docs", page("text/html", "docs.html"));
    read(routes, pipeline, "/docs/init.js", page("text/javascript", "docs-init.js"));
    read(routes, pipeline, "/docs/swagger-ui.css", swaggerUi("text/css", "swagger-ui.css"));
    read(
        routes,
        pipeline,
        "/docs/swagger-ui-bundle.js",
        swaggerUi("text/javascript", "swagger-ui-bundle.js"));
    read(routes, pipeline, Paths.AUTHORIZATION_PAGE, page("text/html", "authorization.html"));
  }

  private static void read(
      RoutesConfig routes, RequestPipeline pipeline, String path, Handler handler) {
    Routes.read(routes, path, pipeline.anonymous(handler));
  }

  private static Asset page(String contentType, String name) {
    return asset(contentType, () -> resource(name));
  }

  private static Asset swaggerUi(String contentType, String name) {
    return asset(contentType, () -> resource(swaggerUiFolder() + name));
  }

  private static Asset asset(String contentType, Supplier<byte[]> source) {
    return new Asset(contentType, POLICY, source);
  }

  private static byte[] json() {
    return Json.bytes(new YAMLMapper().readTree(resource("openapi.yaml")));
  }

  /** Where the webjar keeps its files is a matter of its version, which the build knows. */
  private static String swaggerUiFolder() {
    return new String(resource("swagger-ui-folder.txt"), UTF_8).strip();
  }

  private static byte[] resource(String name) {
    try (var file = open(name)) {
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String name) {
    var file = DocsEndpoints.class.getResourceAsStream(FOLDER + name);
    if (file == null) {
      throw new IllegalStateException("not in the jar: " + name);
    }
    return file;
  }
}
