package io.storageconnections.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.storageconnections.adapter.persistence.Database;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.port.Verification;
import io.storageconnections.application.port.Verification.Reason;
import io.storageconnections.bootstrap.fixture.ApiClient;
import io.storageconnections.bootstrap.fixture.FreePort;
import io.storageconnections.bootstrap.settings.Settings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers in this JVM, each with its own port, folder and database. */
final class SynchronizationServerTest {

  @TempDir private Path folder;
  private final ArrayList<SynchronizationServer> started = new ArrayList<>();

  private SynchronizationServer start(String name, Map<String, String> settings) {
    var whole = new HashMap<>(settings);
    whole.putIfAbsent("STORAGE_CONNECTIONS_HTTP_PORT", "0");
    whole.put("STORAGE_CONNECTIONS_DATA_FOLDER", folder.resolve(name).toString());
    var server = new ConfiguredComponents(Settings.read(whole, Set.of(), null)).server().start();
    started.add(server);
    return server;
  }

  private static String token(SynchronizationServer server) {
    return server.developmentToken("someone").value();
  }

  @AfterEach
  void stop() {
    started.forEach(SynchronizationServer::close);
  }

  @Test
  void a_connection_that_a_client_creates_can_be_read_and_survives_a_restart() {
    var server = start("one", Map.of());
    var client = new ApiClient(server.url().toString(), token(server));
    var created = client.create(ApiClient.DOCUMENTED_REQUEST);
    assertThat(created.statusCode()).isEqualTo(201);
    var location = created.headers().firstValue("Location").orElseThrow();
    assertThat(location).startsWith(server.url() + "/synchronization/imodels/storageconnections/");
    assertThat(client.get(location).body()).isEqualTo(created.body());
    assertThat(created.body())
        .contains(
            "\"iTwinId\":\"16c396b7-",
            "{\"href\":\"" + server.url() + "/imodels/7dbd531d-6967-47b2-8945-a722a437ad7a\"}");
    server.close();

    var again = start("one", Map.of());
    var path = location.substring(server.url().toString().length());
    assertThat(new ApiClient(again.url().toString(), token(again)).get(again.url() + path).body())
        .contains("\"displayName\":\"30\"");
  }

  @Test
  void the_development_token_has_the_scopes_that_the_policy_names() {
    var server =
        start(
            "one",
            Map.of(
                "STORAGE_CONNECTIONS_POLICY_READ", "connections.read",
                "STORAGE_CONNECTIONS_POLICY_WRITE", "connections.write,administrator"));
    var client = new ApiClient(server.url().toString(), token(server));
    var created = client.create(ApiClient.DOCUMENTED_REQUEST);
    assertThat(created.statusCode()).isEqualTo(201);
    var location = created.headers().firstValue("Location").orElseThrow();
    assertThat(client.get(location).statusCode()).isEqualTo(200);
  }

  @Test
  void servers_in_one_process_share_neither_data_nor_tokens() {
    var one = start("one", Map.of("STORAGE_CONNECTIONS_DATABASE_URL", "jdbc:h2:mem:side-one"));
    var two = start("two", Map.of("STORAGE_CONNECTIONS_DATABASE_URL", "jdbc:h2:mem:side-two"));
    var atOne = new ApiClient(one.url().toString(), token(one));
    var atTwo = new ApiClient(two.url().toString(), token(two));
    assertThat(atOne.create(ApiClient.DOCUMENTED_REQUEST).statusCode()).isEqualTo(201);
    assertThat(atTwo.create(ApiClient.DOCUMENTED_REQUEST).statusCode()).isEqualTo(201);
    assertThat(atOne.create(ApiClient.DOCUMENTED_REQUEST).statusCode()).isEqualTo(409);
    assertThat(
            new ApiClient(two.url().toString(), token(one))
                .create(ApiClient.DOCUMENTED_REQUEST)
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void the_server_accepts_tokens_of_another_issuer_whose_keys_it_discovers() {
    var issuer = start("issuer", Map.of());
    var server =
        start("server", Map.of("STORAGE_CONNECTIONS_AUTH_ISSUER", issuer.url().toString()));
    var client = new ApiClient(server.url().toString(), token(issuer));
    assertThat(client.create(ApiClient.DOCUMENTED_REQUEST).statusCode()).isEqualTo(201);
    assertThat(server.hasDevelopmentIssuer()).isFalse();
    assertThat(client.get(server.url() + "/.well-known/jwks.json").statusCode()).isEqualTo(404);
  }

  @Test
  void if_the_issuer_does_not_answer_requests_get_503_and_the_server_is_ready() {
    var issuer = start("issuer", Map.of());
    var token = token(issuer);
    issuer.close();
    var server =
        start("server", Map.of("STORAGE_CONNECTIONS_AUTH_ISSUER", issuer.url().toString()));
    var client = new ApiClient(server.url().toString(), token);
    assertThat(client.create(ApiClient.DOCUMENTED_REQUEST).statusCode()).isEqualTo(503);
    assertThat(client.get(server.url() + "/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void a_token_for_another_audience_gets_401() {
    var server = start("one", Map.of("STORAGE_CONNECTIONS_AUTH_AUDIENCE", "here"));
    assertThat(
            new ApiClient(server.url().toString(), token(server))
                .create(ApiClient.DOCUMENTED_REQUEST)
                .statusCode())
        .isEqualTo(201);
    var elsewhere =
        start(
            "elsewhere",
            Map.of(
                "STORAGE_CONNECTIONS_AUTH_ISSUER",
                server.url().toString(),
                "STORAGE_CONNECTIONS_AUTH_AUDIENCE",
                "elsewhere"));
    assertThat(
            new ApiClient(elsewhere.url().toString(), token(server))
                .create(ApiClient.DOCUMENTED_REQUEST)
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void a_server_that_fails_to_start_frees_its_port() throws Exception {
    var blocked = Files.writeString(folder.resolve("blocked"), "a file, not a folder");
    var port = "" + FreePort.find();
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() ->
            start(
                "one",
                Map.of(
                    "STORAGE_CONNECTIONS_HTTP_PORT",
                    port,
                    "STORAGE_CONNECTIONS_DATABASE_URL",
                    "jdbc:h2:file:" + blocked + "/x")));
    assertThat(start("two", Map.of("STORAGE_CONNECTIONS_HTTP_PORT", port)).url())
        .hasPort(Integer.parseInt(port));
  }

  @Test
  void by_default_a_server_keeps_its_data_in_memory_and_issues_tokens() {
    try (var server = SynchronizationServer.builder().start()) {
      var client = new ApiClient(server.url().toString(), token(server));
      assertThat(client.create(ApiClient.DOCUMENTED_REQUEST).statusCode()).isEqualTo(201);
      assertThat(server.url()).isEqualTo(server.address());
    }
  }

  @Test
  void an_issuer_replaces_an_earlier_token_verifier() {
    try (var issuer = SynchronizationServer.builder().start();
        var server =
            SynchronizationServer.builder()
                .tokenVerifier(token -> new Verification.Rejected(Reason.INVALID))
                .issuer(issuer.url())
                .start()) {
      var client = new ApiClient(server.url().toString(), token(issuer));
      assertThat(client.create(ApiClient.DOCUMENTED_REQUEST).statusCode()).isEqualTo(201);
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> server.developmentToken("someone"));
    }
  }

  @Test
  void a_token_verifier_replaces_an_earlier_issuer_and_a_database_an_earlier_data_source() {
    var closed = Database.inMemory();
    closed.close();
    try (var server =
        SynchronizationServer.builder()
            .dataSource(closed.dataSource())
            .database("jdbc:h2:mem:" + UUID.randomUUID(), null, null, 2)
            .issuer(URI.create("http://127.0.0.1:1"))
            .tokenVerifier(token -> new Verification.Accepted(Caller.ofClient(token)))
            .start()) {
      var client = new ApiClient(server.url().toString(), "anyone");
      assertThat(client.create(ApiClient.DOCUMENTED_REQUEST).statusCode()).isEqualTo(201);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE})
  void a_negative_rate_limit_is_refused(int requestsPerMinute) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> SynchronizationServer.builder().requestsPerMinute(requestsPerMinute).start())
        .withMessageContaining("" + requestsPerMinute);
  }

  @Test
  @SuppressWarnings("NullAway") // A host that reads its own settings may pass null.
  void null_is_refused_and_does_not_mean_the_default() {
    var builder = SynchronizationServer.builder();
    assertThatNullPointerException().isThrownBy(() -> builder.issuer(null));
    assertThatNullPointerException().isThrownBy(() -> builder.tokenVerifier(null));
    assertThatNullPointerException().isThrownBy(() -> builder.audience(null));
    assertThatNullPointerException().isThrownBy(() -> builder.iModels(null));
    assertThatNullPointerException().isThrownBy(() -> builder.dataSource(null));
    assertThatNullPointerException().isThrownBy(() -> builder.developmentKeyIn(null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void a_blank_audience_is_refused(String audience) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SynchronizationServer.builder().audience(audience));
  }
}
