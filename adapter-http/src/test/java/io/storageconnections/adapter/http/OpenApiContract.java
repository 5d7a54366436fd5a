package io.storageconnections.adapter.http;

import static com.atlassian.oai.validator.schema.SchemaValidator.ADDITIONAL_PROPERTIES_KEY;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Checks HTTP exchanges against the OpenAPI document. The document must have the status, the
 * headers and the body of the answer for its operation. If the document does not allow the request,
 * the answer must be an error.
 */
final class OpenApiContract {

  /** The OpenAPI document. */
  static final JsonNode DOCUMENT = document();

  /** A path that this class adds to the document, for answers to requests without an operation. */
  private static final String UNKNOWN_PATH = "/nowhere";

  private static final OpenApiInteractionValidator VALIDATOR =
      OpenApiInteractionValidator.createForInlineApiSpecification(
              withUnknownPath(DOCUMENT).toString())
          .withLevelResolver(
              LevelResolver.create()
                  // The validator would forbid additional members that the document allows.
                  .withLevel(ADDITIONAL_PROPERTIES_KEY, ValidationReport.Level.IGNORE)
                  .withLevel(
                      "validation.request.parameter.query.unexpected",
                      ValidationReport.Level.IGNORE)
                  // The server answers with JSON regardless of the Accept header.
                  .withLevel("validation.request.accept.notAllowed", ValidationReport.Level.IGNORE)
                  .build())
          .build();

  /** The paths of the document; literal segments precede parameters, as in the router. */
  private static final List<String> PATHS =
      DOCUMENT.get("paths").propertyNames().stream()
          .sorted(Comparator.comparingLong(path -> path.chars().filter(c -> c == '{').count()))
          .toList();

  private OpenApiContract() {}

  /**
   * The operation of a request.
   *
   * @param path the path of the request, with literal segments in the spelling of the document
   */
  private record Match(String path, JsonNode operation) {}

  /**
   * Checks an exchange.
   *
   * @throws AssertionError if the exchange does not conform to the document
   */
  static void check(HttpRequest request, byte[] requestBody, HttpResponse<String> response) {
    var faults = faults(request, requestBody, response);
    if (!faults.isEmpty()) {
      throw new AssertionError(
          "does not conform to the document: %s %s, answered with %d %s %s%n- %s"
              .formatted(
                  request.method(),
                  request.uri(),
                  response.statusCode(),
                  response.headers().map(),
                  response.body(),
                  String.join("\n- ", faults)));
    }
  }

  private static List<String> faults(
      HttpRequest request, byte[] requestBody, HttpResponse<String> response) {
    if (isPreflight(request)) {
      return response.statusCode() == 204 ? List.of() : List.of("a preflight that is refused");
    }
    var head = request.method().equals("HEAD");
    var method = head ? "GET" : request.method();
    var path = request.uri().getRawPath();
    var match = match(method, path);
    if (match.isEmpty()) {
      return faultsWithoutOperation(isKnown(path), head, response);
    }
    var faults = new ArrayList<>(faultsOfAnswer(match.get(), method, head, response));
    if (response.statusCode() < 400) {
      faults.addAll(faultsOfRequest(match.get(), method, request, requestBody));
    }
    return faults;
  }

  /** Returns whether a request is a CORS preflight, which OpenAPI documents do not describe. */
  private static boolean isPreflight(HttpRequest request) {
    return request.method().equals("OPTIONS")
        && request.headers().firstValue("Origin").isPresent()
        && request.headers().firstValue("Access-Control-Request-Method").isPresent();
  }

  // ---- finding the operation --------------------------------------------------------------------

  private static Optional<Match> match(String method, String path) {
    return PATHS.stream()
        .filter(template -> operation(template, method) != null)
        .flatMap(template ->
            concrete(template, path)
                .map(
                    found -> new Match(found, Objects.requireNonNull(operation(template, method)))))
        .findFirst();
  }

  private static @Nullable JsonNode operation(String template, String method) {
    return DOCUMENT.get("paths").get(template).get(method.toLowerCase(Locale.ROOT));
  }

  private static boolean isKnown(String path) {
    return PATHS.stream().anyMatch(template -> concrete(template, path).findAny().isPresent());
  }

  /** Returns the path in the spelling of the template; empty if it does not match the template. */
  private static Stream<String> concrete(String template, String path) {
    var expected = template.split("/", -1);
    var actual = path.replaceFirst("(?<=.)/$", "").split("/", -1);
    if (expected.length != actual.length) {
      return Stream.empty();
    }
    for (int i = 0; i < expected.length; i++) {
      if (!expected[i].startsWith("{")) {
        if (!expected[i].equalsIgnoreCase(actual[i])) {
          return Stream.empty();
        }
        actual[i] = expected[i];
      } else if (actual[i].isEmpty()) {
        return Stream.empty();
      }
    }
    return Stream.of(String.join("/", actual));
  }

  // ---- checking the answer ----------------------------------------------------------------------

  private static List<String> faultsWithoutOperation(
      boolean knownPath, boolean head, HttpResponse<String> response) {
    var faults =
        new ArrayList<>(
            messages(
                VALIDATOR.validateResponse(
                    UNKNOWN_PATH, Request.Method.GET, answer(response, head)),
                head));
    // A server without the development issuer does not have all paths of the document.
    var statuses = knownPath ? List.of(404, 405, 429) : List.of(404, 429);
    if (!statuses.contains(response.statusCode())) {
      faults.add("the document has no such operation");
    }
    return faults;
  }

  private static List<String> faultsOfAnswer(
      Match match, String method, boolean head, HttpResponse<String> response) {
    var faults =
        new ArrayList<>(
            messages(
                VALIDATOR.validateResponse(
                    match.path(), Request.Method.valueOf(method), answer(response, head)),
                head));
    // The validator checks only the body, but official clients fail on a type without a body.
    var documented = resolve(match.operation().at("/responses/" + response.statusCode()));
    if (documented.isObject()
        && !documented.has("content")
        && response.headers().firstValue("Content-Type").isPresent()) {
      faults.add("a Content-Type where there is no body");
    }
    return faults;
  }

  private static SimpleResponse answer(HttpResponse<String> response, boolean head) {
    var builder = SimpleResponse.Builder.status(response.statusCode());
    response.headers().map().forEach(builder::withHeader);
    return head || response.body().isEmpty()
        ? builder.build()
        : builder.withBody(response.body()).build();
  }

  // ---- checking the request ---------------------------------------------------------------------

  private static List<String> faultsOfRequest(
      Match match, String method, HttpRequest request, byte[] body) {
    var builder = new SimpleRequest.Builder(method, match.path());
    // The server reads the body as JSON regardless of its content type.
    var readAsJson = match.operation().at("/requestBody/content").has("application/json");
    request
        .headers()
        .map()
        .forEach((name, values) -> {
          // Several fields of one name are one field with a list. An empty field counts as absent.
          var value = String.join(", ", values);
          if ((!readAsJson || !name.equalsIgnoreCase("Content-Type")) && !value.isBlank()) {
            builder.withHeader(name, value);
          }
        });
    if (readAsJson) {
      builder.withContentType("application/json");
    }
    // The server accepts a repeated parameter with equal values.
    parameters(request.uri()).stream()
        .map(pair -> List.of(spelling(match, pair.getFirst()), pair.getLast()))
        .distinct()
        .forEach(pair -> builder.withQueryParam(pair.getFirst(), pair.getLast()));
    if (body.length > 0) {
      builder.withBody(body);
    }
    return messages(VALIDATOR.validateRequest(builder.build()), false);
  }

  private static List<List<String>> parameters(URI uri) {
    if (uri.getRawQuery() == null) {
      return List.of();
    }
    return Arrays.stream(uri.getRawQuery().split("&", -1))
        .filter(pair -> !pair.isEmpty())
        .map(pair -> pair.split("=", 2))
        .map(pair -> List.of(decoded(pair[0]), pair.length < 2 ? "" : decoded(pair[1])))
        .toList();
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, UTF_8);
  }

  /** Returns the name of a query parameter in the spelling of the document. */
  private static String spelling(Match match, String name) {
    return match
        .operation()
        .path("parameters")
        .valueStream()
        .map(OpenApiContract::resolve)
        .filter(parameter -> parameter.get("in").stringValue().equals("query"))
        .map(parameter -> parameter.get("name").stringValue())
        .filter(name::equalsIgnoreCase)
        .findFirst()
        .orElse(name);
  }

  // ---- the document -----------------------------------------------------------------------------

  /** Returns the node to which a {@code $ref} refers, or the node itself. */
  static JsonNode resolve(JsonNode node) {
    return node.has("$ref")
        ? resolve(DOCUMENT.at(node.get("$ref").stringValue().substring("#".length())))
        : node;
  }

  private static JsonNode document() {
    try (var file = OpenApiContract.class.getResourceAsStream("openapi.yaml")) {
      return new YAMLMapper().readTree(Objects.requireNonNull(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the document with a path for answers to requests without an operation. */
  private static JsonNode withUnknownPath(JsonNode document) {
    var copy = document.deepCopy();
    var responses = copy.withObject("/paths/~1nowhere/get/responses");
    var answers =
        Map.of(
            "404", "NotFound",
            "405", "MethodNotAllowed",
            "429", "TooManyRequests");
    answers.forEach((status, name) ->
        responses.putObject(status).put("$ref", "#/components/responses/" + name));
    return copy;
  }

  private static List<String> messages(ValidationReport report, boolean head) {
    return report.getMessages().stream()
        .filter(message -> message.getLevel() != ValidationReport.Level.IGNORE)
        .filter(message -> !head || !message.getKey().equals("validation.response.body.missing"))
        .map(message -> message.getKey() + ": " + message.getMessage())
        .toList();
  }
}
