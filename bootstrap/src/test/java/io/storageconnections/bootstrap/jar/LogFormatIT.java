package io.storageconnections.bootstrap.jar;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.bootstrap.fixture.ApiClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the jar writes to standard error, in both formats. */
@Tag("long")
final class LogFormatIT {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String ROUTE = "/synchronization/imodels/storageconnections";

  @TempDir private Path folder;
  @RegisterExtension final JarProcesses jars = new JarProcesses();

  /** A platform that cannot be reached, so that a request causes a stack trace. */
  private static Map<String, String> settings() {
    var settings = new HashMap<String, String>();
    settings.put("STORAGE_CONNECTIONS_HTTP_PORT", "0");
    settings.put("STORAGE_CONNECTIONS_IMODELS_DIRECTORY", "platform");
    settings.put("STORAGE_CONNECTIONS_PLATFORM_URL", "http://127.0.0.1:1");
    return settings;
  }

  /** Sends requests with a token, a secret in the query and one in the body. */
  private static void use(ApiClient client) throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var create =
          HttpRequest.newBuilder(URI.create(client.url() + ROUTE + "?secret=in-the-query"))
              .header("Authorization", "Bearer " + client.token())
              .header("x-correlation-id", "id-of-the-request")
              .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
              .POST(BodyPublishers.ofString(ApiClient.DOCUMENTED_REQUEST))
              .build();
      assertThat(http.send(create, BodyHandlers.ofString()).statusCode()).isEqualTo(503);
      var health = HttpRequest.newBuilder(URI.create(client.url() + "/health/live")).build();
      assertThat(http.send(health, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
  }

  private JarProcess served(Map<String, String> settings, String... options) throws Exception {
    var arguments = new String[options.length + 1];
    arguments[0] = "serve";
    System.arraycopy(options, 0, arguments, 1, options.length);
    var jar = jars.add(JarProcess.run(folder, settings, arguments));
    var client = jar.client();
    use(client);
    jar.terminate();
    assertThat(jar.exitCode()).isZero();
    assertThat(jar.out()).doesNotContain("logback");
    assertThat(jar.err())
        .doesNotContain(client.token(), "in-the-query", ApiClient.DOCUMENTED_REQUEST);
    return jar;
  }

  private static List<JsonNode> entries(JarProcess jar) throws IOException {
    return jar.err().lines().map(JsonMapper.shared()::readTree).toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void every_line_of_a_log_in_json_is_an_object(boolean isInEnvironment) throws Exception {
    var settings = settings();
    var file = folder.resolve("settings.properties");
    JarProcess jar;
    if (isInEnvironment) {
      settings.put("STORAGE_CONNECTIONS_LOG_FORMAT", "json");
      jar = served(settings);
    } else {
      Files.writeString(file, "storage-connections.log.format=json\n");
      jar = served(settings, "--config", file.toString());
    }
    var entries = entries(jar);
    assertThat(entries)
        .allSatisfy(entry ->
            assertThat(entry.path("timestamp").stringValue())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"));
    assertThat(entries)
        .filteredOn(entry -> entry.has("stackTrace"))
        .isNotEmpty()
        .allSatisfy(entry -> {
          assertThat(entry.path("stackTrace").stringValue()).contains("\n\tat ");
          assertThat(entry.path("correlationId").stringValue()).isEqualTo("id-of-the-request");
          assertThat(entry.path("traceId").stringValue()).isEqualTo(TRACE);
          assertThat(entry.path("spanId").stringValue()).isEqualTo("00f067aa0ba902b7");
        });
    assertThat(entries)
        .filteredOn(entry -> entry.path("logger").stringValue().endsWith(".requests"))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.path("method").stringValue()).isEqualTo("POST");
          assertThat(entry.path("route").stringValue()).isEqualTo(ROUTE);
          assertThat(entry.path("status").intValue()).isEqualTo(503);
          assertThat(entry.path("durationMillis").isIntegralNumber()).isTrue();
          assertThat(entry.path("client").stringValue()).isEqualTo("development");
          assertThat(entry.path("correlationId").stringValue()).isEqualTo("id-of-the-request");
          assertThat(entry.path("traceId").stringValue()).isEqualTo(TRACE);
        });
  }

  @Test
  void log_is_text_by_default() throws Exception {
    assertThat(served(settings()).err().lines())
        .anySatisfy(line ->
            assertThat(line)
                .matches(
                    "\\S+Z INFO  \\[id-of-the-request trace="
                        + TRACE
                        + "] requests: POST "
                        + ROUTE
                        + " 503 \\d+ms client=development"))
        .noneSatisfy(line -> assertThat(line).contains("/health/live"));
  }

  @Test
  void lines_of_requests_can_be_switched_off() throws Exception {
    var settings = settings();
    settings.put("STORAGE_CONNECTIONS_LOG_REQUESTS", "false");
    assertThat(served(settings).err()).contains("RequestPipeline").doesNotContain("requests:");
  }

  @Test
  void level_applies_to_all_lines() throws Exception {
    var settings = settings();
    settings.put("STORAGE_CONNECTIONS_LOG_LEVEL", "error");
    assertThat(served(settings).err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"STORAGE_CONNECTIONS_HTTP_PORT", "STORAGE_CONNECTIONS_DATABASE_URL"})
  void start_that_fails_is_an_object_too(String setting) throws Exception {
    var settings = settings();
    settings.put("STORAGE_CONNECTIONS_LOG_FORMAT", "json");
    // The first value is not a port; the second is a database that does not exist.
    settings.put(setting, "jdbc:postgresql://127.0.0.1:1/db?password=secret-of-the-database");
    var jar = jars.add(JarProcess.run(folder, settings, "serve"));
    assertThat(jar.exitCode()).isPositive();
    assertThat(jar.out()).isEmpty();
    assertThat(entries(jar))
        .isNotEmpty()
        .last()
        .satisfies(entry -> {
          assertThat(entry.path("level").stringValue()).isEqualTo("ERROR");
          assertThat(entry.path("message").stringValue()).isNotBlank();
        });
    assertThat(jar.err()).doesNotContain("secret-of-the-database");
  }
}
