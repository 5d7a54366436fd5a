package io.storageconnections.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.storageconnections.application.port.Connector;
import io.storageconnections.bootstrap.fixture.ApiClient;
import io.storageconnections.bootstrap.fixture.RawHttp;
import io.storageconnections.bootstrap.settings.Settings;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.domain.run.AttemptOutcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server whose directory is an iTwin Platform, which is another server in this JVM. */
final class PlatformServerTest {

  private static final String IMODEL = "/imodels/7dbd531d-6967-47b2-8945-a722a437ad7a";
  private static final String FILE_ID = "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA";
  private static final String FILE = "/storage/files/" + FILE_ID;

  @TempDir private Path folder;
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final List<String> tokens = new CopyOnWriteArrayList<>();
  private HttpServer platform;
  private SynchronizationServer server;
  private ApiClient client;

  @BeforeEach
  void start() throws IOException {
    platform = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    platform.createContext("/", this::answer);
    platform.start();
    answers.put(
        IMODEL,
        """
        200 {"iModel": {"id": "7dbd531d-6967-47b2-8945-a722a437ad7a", "iTwinId": "%s"}}\
        """
            .formatted(StorageFileId.parse(FILE_ID).iTwin()));
    answers.put(
        FILE,
        """
        200 {"file": {"id": "%s", "type": "file", "displayName": "plant.dgn"}}\
        """
            .formatted(FILE_ID));
    server = new ConfiguredComponents(Settings.read(settings(), Set.of(), null)).server().start();
    client = new ApiClient(server.url().toString(), server.developmentToken("someone").value());
  }

  private Map<String, String> settings() {
    return Map.of(
        "STORAGE_CONNECTIONS_HTTP_PORT", "0",
        "STORAGE_CONNECTIONS_DATA_FOLDER", folder.toString(),
        "STORAGE_CONNECTIONS_IMODELS_DIRECTORY", "platform",
        "STORAGE_CONNECTIONS_PLATFORM_URL", platformUrl() + "/",
        "STORAGE_CONNECTIONS_PLATFORM_CACHE", "0");
  }

  @AfterEach
  void stop() {
    server.close();
    platform.stop(0);
  }

  @Test
  void the_platform_is_asked_with_the_callers_token() {
    assertThat(create().statusCode()).isEqualTo(201);
    assertThat(tokens).isNotEmpty().containsOnly("Bearer " + client.token());
  }

  @Test
  void links_to_imodels_begin_with_the_url_of_the_platform() {
    assertThat(create().body()).contains("\"" + platformUrl() + IMODEL + "\"");
  }

  @Test
  void an_imodel_that_the_platform_does_not_know_is_refused() {
    answers.put(IMODEL, "404 {\"error\": {\"code\": \"iModelNotFound\"}}");
    var answer = create();
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("Provided imodelId value is not valid.");
  }

  @Test
  void an_imodel_that_the_platform_forbids_is_forbidden() {
    answers.put(IMODEL, "403 ");
    assertThat(create().statusCode()).isEqualTo(403);
  }

  @Test
  void a_visible_imodel_is_changeable_unless_the_policy_forbids_it() {
    assertThat(create().statusCode()).isEqualTo(201);
    server.close();
    var settings = new HashMap<>(settings());
    settings.put("STORAGE_CONNECTIONS_POLICY_WRITE", "connections.write,administrator");
    server = new ConfiguredComponents(Settings.read(settings, Set.of(), null)).server().start();
    client = clientWithScopes("itwin-platform");
    var refused = create();
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("\"InsufficientPermissions\"");
    var list =
        client.get(
            client.url() + ApiClient.PATH + "?imodelId=7dbd531d-6967-47b2-8945-a722a437ad7a");
    assertThat(list.statusCode()).isEqualTo(200);
    answers.put(IMODEL, "404 {\"error\": {\"code\": \"iModelNotFound\"}}");
    assertThat(create().statusCode()).isEqualTo(422);
  }

  @Test
  void the_development_issuer_grants_the_scopes_of_the_policy() {
    server.close();
    var settings = new HashMap<>(settings());
    settings.put("STORAGE_CONNECTIONS_POLICY_WRITE", "connections.write");
    server = new ConfiguredComponents(Settings.read(settings, Set.of(), null)).server().start();
    client = clientWithScopes("itwin-platform connections.write");
    assertThat(create().statusCode()).isEqualTo(201);
  }

  @Test
  void a_file_that_the_platform_does_not_know_is_refused() {
    answers.put(FILE, "404 {\"error\": {\"code\": \"FileNotFound\"}}");
    var answer = create();
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("Provided storageFileId value is not valid.");
  }

  @Test
  void the_name_of_the_file_is_shown() {
    var created = create();
    assertThat(created.statusCode()).isEqualTo(201);
    var location = created.headers().firstValue("Location").orElseThrow();
    assertThat(client.get(location + "/sourcefiles").body()).contains("\"plant.dgn\"");
  }

  @ParameterizedTest
  @CsvSource({"401, 401", "429, 429", "500, 503", "302, 503"})
  void a_platform_that_does_not_answer_the_question_is_named(int answered, int expected) {
    for (var path : List.of(IMODEL, FILE)) {
      var before = answers.put(path, answered + " ");
      var answer = create();
      assertThat(answer.statusCode()).isEqualTo(expected);
      assertThat(answer.body()).contains("The iTwin Platform at " + platformUrl());
      answers.put(path, before);
    }
    assertThat(create().statusCode()).as("nothing was created before").isEqualTo(201);
  }

  @Test
  void an_answer_from_the_cache_does_not_hide_an_outage() {
    try (var caching =
        SynchronizationServer.builder()
            .platform(URI.create(platformUrl()), true, Duration.ofHours(1))
            .management("127.0.0.1", 0)
            .start()) {
      var ready = caching.managementAddress().orElseThrow() + "/health/ready";
      var list = caching.url() + ApiClient.PATH + "?iModelId=" + IMODEL.substring(9);
      var known =
          new ApiClient(caching.url().toString(), caching.developmentToken("known").value());
      var other =
          new ApiClient(caching.url().toString(), caching.developmentToken("other").value());
      assertThat(known.get(list).statusCode()).isEqualTo(200);
      assertThat(RawHttp.get(ready).body())
          .contains("{\"name\":\"iTwin Platform\",\"status\":\"up\"");
      answers.put(IMODEL, "503 ");
      assertThat(other.get(list).statusCode()).isEqualTo(503);
      assertThat(known.get(list).statusCode()).isEqualTo(200);
      assertThat(RawHttp.get(ready).body())
          .contains("{\"name\":\"iTwin Platform\",\"status\":\"down\"");
    }
  }

  @Test
  void a_connector_gets_the_file_with_the_token_of_the_servers_own_client() throws Exception {
    answers.put(
        "/.well-known/openid-configuration",
        "200 {\"issuer\": \"%s\", \"token_endpoint\": \"%<s/token\"}".formatted(platformUrl()));
    answers.put("/token", "200 {\"access_token\": \"own-token\", \"token_type\": \"Bearer\"}");
    answers.put(FILE + "/download", "302 " + platformUrl() + "/signed");
    answers.put("/signed", "200 the content");
    var received = new CompletableFuture<String>();
    try (var downloading =
        SynchronizationServer.builder()
            .platform(URI.create(platformUrl()), true, Duration.ZERO)
            .platformClient(URI.create(platformUrl()), "id", "secret")
            .connectors(scripts -> type -> Optional.of(reader(received)))
            .start()) {
      var caller =
          new ApiClient(
              downloading.url().toString(), downloading.developmentToken("someone").value());
      var connection = caller.create(ApiClient.DOCUMENTED_REQUEST).headers().firstValue("Location");
      tokens.clear();
      caller.post(connection.orElseThrow() + "/run", "");
      assertThat(received.get(60, TimeUnit.SECONDS)).isEqualTo("the content");
      assertThat(tokens).contains("Bearer own-token");
    }
  }

  private static Connector reader(CompletableFuture<String> received) {
    return (attempt, control) -> {
      try {
        received.complete(
            new String(
                attempt.source().orElseThrow().stream().readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException failure) {
        received.completeExceptionally(failure);
      }
      return Optional.of(AttemptOutcome.succeeded());
    };
  }

  private ApiClient clientWithScopes(String scopes) {
    var url = server.url().toString();
    var form = "grant_type=client_credentials&client_id=me&scope=" + scopes.replace(' ', '+');
    var answer = new ApiClient(url, "none").post(url + "/connect/token", form);
    assertThat(answer.body()).contains("\"scope\":\"" + scopes + "\"");
    return new ApiClient(url, answer.body().replaceAll(".*\"access_token\":\"([^\"]+)\".*", "$1"));
  }

  private HttpResponse<String> create() {
    return client.create(ApiClient.DOCUMENTED_REQUEST);
  }

  private String platformUrl() {
    return "http://127.0.0.1:" + platform.getAddress().getPort();
  }

  /** Answers with a status and a body that a test put in, separated by a space. */
  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      var answer = answers.getOrDefault(exchange.getRequestURI().getPath(), "500 ").split(" ", 2);
      if (answer[0].equals("302") && !answer[1].isEmpty()) {
        exchange.getResponseHeaders().add("Location", answer[1]);
      }
      var body = answer[1].getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(
          Integer.parseInt(answer[0]), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
