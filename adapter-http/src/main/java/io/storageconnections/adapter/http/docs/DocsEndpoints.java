package io.storageconnections.adapter.http.docs;

import io.javalin.http.Handler;
import io.storageconnections.adapter.http.asset.Asset;
import io.storageconnections.adapter.http.asset.JarFile;
import io.storageconnections.adapter.http.asset.WebLibrary;
import io.storageconnections.adapter.http.link.Paths;
import io.storageconnections.adapter.http.pipeline.RequestPipeline;
import io.storageconnections.adapter.http.pipeline.Routes;
import io.storageconnections.adapter.http.response.Json;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The OpenAPI document, a page that shows it with Swagger UI, and the page to which the
 * authorization information links. The pages load nothing from other servers.
 */
public record DocsEndpoints() {

  /** Allows inline styles and images in data URLs, because Swagger UI needs them. */
  private static final String POLICY =
      "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline';"
          + " object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final Map<String, String> HEADERS = Map.of("Content-Security-Policy", POLICY);

  /** Adds the routes to a server. */
  public void mount(Routes routes, RequestPipeline pipeline) {
    addPage(routes, pipeline, "/openapi.yaml", page("application/yaml", "openapi.yaml"));
    addPage(routes, pipeline, "/openapi.json", asset(Json.TYPE, DocsEndpoints::json));
    addPage(routes, pipeline, "/docs", page("text/html", "docs.html"));
    addPage(routes, pipeline, "/docs/init.js", page("text/javascript", "docs-init.js"));
    addPage(routes, pipeline, "/docs/swagger-ui.css", swaggerUi("text/css", "swagger-ui.css"));
    addPage(
        routes,
        pipeline,
        "/docs/swagger-ui-bundle.js",
        swaggerUi("text/javascript", "swagger-ui-bundle.js"));
    addPage(routes, pipeline, Paths.AUTHORIZATION_PAGE, page("text/html", "authorization.html"));
  }

  private static void addPage(
      Routes routes, RequestPipeline pipeline, String path, Handler handler) {
    routes.getAndHead(path, pipeline.anonymous(handler));
  }

  private static Asset page(String contentType, String name) {
    return asset(contentType, () -> JarFile.read(JarFile.FOLDER + name));
  }

  private static Asset swaggerUi(String contentType, String name) {
    return asset(contentType, () -> WebLibrary.SWAGGER_UI.file(name));
  }

  private static Asset asset(String contentType, Supplier<byte[]> source) {
    return new Asset(contentType, HEADERS, source);
  }

  private static byte[] json() {
    return Json.bytes(new YAMLMapper().readTree(JarFile.read(JarFile.FOLDER + "openapi.yaml")));
  }
}
