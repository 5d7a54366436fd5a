package io.storageconnections.adapter.http.docs;

import static io.storageconnections.adapter.http.ApiFixtures.CONNECTION;
import static io.storageconnections.adapter.http.ApiFixtures.RUN;
import static io.storageconnections.adapter.http.fixture.OpenApiContract.DOCUMENT;
import static io.storageconnections.adapter.http.fixture.OpenApiContract.resolve;
import static io.storageconnections.adapter.http.fixture.Wire.golden;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.adapter.http.TestServer;
import io.storageconnections.adapter.http.announced.AnnouncedOperation;
import io.storageconnections.adapter.http.fixture.FakeAnswer;
import io.storageconnections.adapter.http.fixture.OpenApiContract;
import io.storageconnections.adapter.http.fixture.Wire;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests that the OpenAPI document is consistent, and that the server conforms to it. */
final class OpenApiDocumentTest {

  private static final TestServer SERVER = TestServer.withDevelopmentRoutes();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  /**
   * An operation. The parameters of a path are not considered, because Swagger UI does not show
   * them.
   */
  record Operation(String method, String path, JsonNode node) {

    String id() {
      return node.get("operationId").stringValue();
    }

    boolean needsToken() {
      return !node.has("security");
    }

    List<JsonNode> parameters() {
      return node.path("parameters").valueStream().map(OpenApiContract::resolve).toList();
    }

    @Override
    public String toString() {
      return id();
    }
  }

  static List<Operation> operations() {
    var operations = new ArrayList<Operation>();
    DOCUMENT
        .get("paths")
        .forEachEntry((path, item) ->
            item.forEachEntry((method, node) ->
                operations.add(new Operation(method.toUpperCase(Locale.ROOT), path, node))));
    return operations;
  }

  // ---- the document -----------------------------------------------------------------------------

  @Test
  void every_operation_has_a_unique_id_a_summary_and_a_declared_tag() {
    var tags =
        DOCUMENT.get("tags").valueStream().map(tag -> tag.get("name").stringValue()).toList();
    var ids = new HashSet<String>();
    for (var operation : operations()) {
      assertThat(ids.add(operation.id())).as(operation.id()).isTrue();
      assertThat(operation.node().get("summary").stringValue()).isNotBlank();
      assertThat(operation.node().get("tags").valueStream().map(JsonNode::stringValue))
          .hasSize(1)
          .isSubsetOf(tags);
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void every_operation_has_the_common_answers(Operation operation) {
    var statuses = operation.node().get("responses").propertyNames();
    assertThat(statuses).contains("500");
    if (operation.needsToken()) {
      assertThat(statuses).contains("401", "429", "503");
    }
    assertThat(statuses).contains("414", "431");
    for (var ofBodies : List.of("408", "413", "415")) {
      assertThat(statuses.contains(ofBodies)).isEqualTo(operation.node().has("requestBody"));
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void every_example_matches_its_schema(Operation operation) {
    for (var request : requests(operation, URI.create("http://127.0.0.1:1"))) {
      operation
          .node()
          .get("responses")
          .forEachEntry((status, answer) -> {
            for (var forged : answers(request.http(), Integer.parseInt(status), resolve(answer))) {
              OpenApiContract.check(request.http(), request.body().getBytes(UTF_8), forged);
            }
          });
    }
  }

  @Test
  void examples_of_create_are_those_of_the_documentation() {
    var create = DOCUMENT.at("/paths/~1synchronization~1imodels~1storageconnections/post");
    assertThat(create.at("/requestBody/content/application~1json/examples/documented/value"))
        .isEqualTo(tree(golden("create-request")));
    assertThat(DOCUMENT.at("/components/examples/Connection/value"))
        .isEqualTo(tree(golden("201-created")));
    assertThat(
            DOCUMENT.at(
                "/components/responses/InvalidConnectionRequest/content/application~1json/examples/documented/value"))
        .isEqualTo(tree(golden("422-document")));
  }

  @Test
  void operations_that_are_not_implemented_yet_are_the_announced_operations() {
    var documented =
        operations().stream()
            .filter(operation ->
                operation.node().at("/tags/0").stringValue().equals("Not implemented yet"))
            .map(operation ->
                operation.method()
                    + " "
                    + operation.path()
                    + ": "
                    + operation.node().get("summary").stringValue())
            .toList();
    var announced =
        AnnouncedOperation.ALL.stream()
            .map(operation ->
                operation.method().name() + " " + operation.path() + ": " + operation.name())
            .toList();
    assertThat(documented).containsExactlyInAnyOrderElementsOf(announced);
  }

  // ---- the document and the server --------------------------------------------------------------

  /** The first connection and the first run of a test server have the ids of the examples. */
  @ParameterizedTest
  @MethodSource("operations")
  void server_answers_every_example_request_with_a_documented_success(Operation operation) {
    var expected =
        operation.node().get("responses").propertyNames().stream()
            .filter(status -> Set.of("302", "501").contains(status) || status.startsWith("2"))
            .map(Integer::valueOf)
            .toList();
    for (var request : requests(operation, SERVER.at(""))) {
      try (var fresh = TestServer.withDevelopmentRoutes()) {
        if (!operation.id().equals("createStorageConnection")) {
          fresh.create(golden("create-request"));
        }
        if (operation.path().contains("{runId}")) {
          // A completed run, so that no request waits, and that can be retried.
          fresh.post(CONNECTION + "/run");
          fresh.post(RUN + "/cancel");
        }
        var answer =
            fresh.send(
                HttpRequest.newBuilder(request.http(), (name, value) -> true)
                    .uri(fresh.at(request.path())));
        assertThat(answer.statusCode()).as(answer.body()).isIn(expected);
        if (answer.statusCode() == 501) {
          assertThat(Wire.at(answer.body(), "/error/message"))
              .isEqualTo(
                  "Operation '%s' is not implemented."
                      .formatted(operation.node().get("summary").stringValue()));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void only_operations_without_security_answer_without_a_token(Operation operation) {
    var request = requests(operation, SERVER.at("")).getFirst();
    var answer =
        SERVER.send(
            HttpRequest.newBuilder(
                request.http(), (name, value) -> !name.equalsIgnoreCase("Authorization")));
    if (operation.needsToken()) {
      assertThat(answer.statusCode()).isEqualTo(401);
    } else {
      assertThat(answer.statusCode()).isIn(200, 204, 302);
    }
  }

  @Test
  void routes_of_the_server_are_the_operations_of_the_document() {
    var documented =
        operations().stream()
            .flatMap(operation ->
                operation.method().equals("GET")
                    ? Stream.of("GET " + operation.path(), "HEAD " + operation.path())
                    : Stream.of(operation.method() + " " + operation.path()))
            .collect(toSet());
    var mounted =
        SERVER.endpoints().stream()
            .map(endpoint -> endpoint.method.name() + " " + endpoint.path)
            .toList();
    assertThat(mounted).containsExactlyInAnyOrderElementsOf(documented);
  }

  // ---- documentation pages ----------------------------------------------------------------------

  @Test
  void document_is_served_as_yaml_and_as_json() {
    assertThat(tree(SERVER.send(SERVER.request("/openapi.json")).body())).isEqualTo(DOCUMENT);
    assertThat(SERVER.send(SERVER.request("/openapi.yaml")).body()).startsWith("openapi: 3.1.0\n");
  }

  @ParameterizedTest
  @CsvSource({
    "/openapi.json,                    application/json, '\"openapi\":\"3.1.0\"'",
    "/openapi.yaml,                    application/yaml, operationId: createStorageConnection",
    "/docs,                            text/html,        /docs/init.js",
    "/docs/,                           text/html,        /docs/swagger-ui-bundle.js",
    "/docs/init.js,                    text/javascript,  /openapi.json",
    "/docs/swagger-ui-bundle.js,       text/javascript,  SwaggerUIBundle",
    "/docs/swagger-ui.css,             text/css,         .swagger-ui",
    "/synchronization/authorization,   text/html,        may close this window",
  })
  void documentation_needs_no_token_and_loads_nothing_from_other_servers(
      String path, String type, String content) {
    var answer = SERVER.send(SERVER.request(path));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", ""))
        .isEqualTo(type);
    assertThat(answer.body()).contains(content);
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
        .startsWith("default-src 'self'; ")
        .doesNotContain("http", "unsafe-eval", "*");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/openapi.json", "/docs", "/docs/swagger-ui-bundle.js"})
  void unchanged_documentation_is_304(String path) {
    var etag = SERVER.send(SERVER.request(path)).headers().firstValue("ETag").orElseThrow();
    for (var known : List.of(etag, "\"other\", " + etag, "*")) {
      var answer = SERVER.send(SERVER.request(path).header("If-None-Match", known));
      assertThat(answer.statusCode()).isEqualTo(304);
      assertThat(answer.body()).isEmpty();
      assertThat(answer.headers().firstValue("ETag")).contains(etag);
    }
    var answer = SERVER.send(SERVER.request(path).header("If-None-Match", "\"other\""));
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/docs/index.html",
        "/docs/web-libraries.properties",
        "/docs/swagger-initializer.js",
        "/docs/..%2fopenapi.yaml",
        "/webjars/swagger-ui/swagger-ui.css"
      })
  void other_files_of_the_jar_are_not_served(String path) {
    assertThat(SERVER.send(SERVER.request(path)).statusCode()).isIn(400, 404);
  }

  // ---- from examples to requests and answers ----------------------------------------------------

  private record Example(HttpRequest http, String path, String body) {}

  /** Returns a request for each example of the body and for each example of a parameter. */
  private static List<Example> requests(Operation operation, URI base) {
    var choices = 1;
    for (var parameter : operation.parameters()) {
      choices = Math.max(choices, values(parameter).size());
    }
    var requests = new ArrayList<Example>();
    for (int choice = 0; choice < choices; choice++) {
      for (var body : bodies(operation)) {
        requests.add(request(operation, base, choice, body));
      }
    }
    return requests;
  }

  private static Example request(
      Operation operation, URI base, int choice, Map.Entry<String, String> body) {
    var path = operation.path();
    var query = new ArrayList<String>();
    var headers = new TreeMap<String, String>();
    for (var parameter : operation.parameters()) {
      var name = parameter.get("name").stringValue();
      var values = values(parameter);
      var value =
          values.isEmpty()
              ? Optional.<String>empty()
              : Optional.of(values.get(choice % values.size()));
      switch (parameter.get("in").stringValue()) {
        case "path" -> path = path.replace("{" + name + "}", value.orElse("x"));
        case "query" -> value.ifPresent(v -> query.add(encoded(name) + "=" + encoded(v)));
        default -> value.ifPresent(v -> headers.put(name, v));
      }
    }
    var target = path + (query.isEmpty() ? "" : "?" + String.join("&", query));
    var builder =
        HttpRequest.newBuilder(base.resolve(target))
            .header("Authorization", "Bearer good")
            .method(
                operation.method(),
                body.getKey().isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(body.getValue()));
    headers.forEach(builder::header);
    if (!body.getKey().isEmpty()) {
      builder.header("Content-Type", body.getKey());
    }
    return new Example(builder.build(), target, body.getValue());
  }

  private static List<String> values(JsonNode parameter) {
    var one = Stream.of(parameter.path("example")).filter(example -> !example.isMissingNode());
    var several = parameter.path("examples").valueStream().map(example -> example.get("value"));
    return Stream.concat(one, several).map(JsonNode::asString).toList();
  }

  /**
   * Returns the example bodies with their types; one empty body without a type if there is none.
   */
  private static List<Map.Entry<String, String>> bodies(Operation operation) {
    var bodies = new ArrayList<Map.Entry<String, String>>();
    operation
        .node()
        .at("/requestBody/content")
        .forEachEntry((type, media) ->
            media
                .path("examples")
                .valueStream()
                .map(example -> resolve(example).get("value"))
                .forEach(value -> bodies.add(Map.entry(type, body(type, value)))));
    return bodies.isEmpty() ? List.of(Map.entry("", "")) : bodies;
  }

  private static String body(String type, JsonNode value) {
    return type.equals("application/json")
        ? value.toString()
        : value
            .propertyStream()
            .map(member -> encoded(member.getKey()) + "=" + encoded(member.getValue().asString()))
            .collect(Collectors.joining("&"));
  }

  /** Returns an answer for each example of the body, with all documented headers. */
  private static List<FakeAnswer> answers(HttpRequest request, int status, JsonNode answer) {
    var headers = new TreeMap<String, List<String>>();
    answer
        .path("headers")
        .forEachEntry((name, header) -> {
          var example = resolve(header).path("example");
          var constant = resolve(header).at("/schema/const");
          headers.put(name, List.of((example.isMissingNode() ? constant : example).asString()));
        });
    if (!answer.has("content")) {
      return List.of(new FakeAnswer(request, status, headers, ""));
    }
    var answers = new ArrayList<FakeAnswer>();
    answer
        .get("content")
        .forEachEntry((type, media) -> {
          headers.put("Content-Type", List.of(type));
          media
              .path("examples")
              .valueStream()
              .map(example -> resolve(example).get("value").toString())
              .forEach(body -> answers.add(new FakeAnswer(request, status, headers, body)));
        });
    return answers;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static JsonNode tree(String json) {
    return JsonMapper.shared().readTree(json);
  }
}
