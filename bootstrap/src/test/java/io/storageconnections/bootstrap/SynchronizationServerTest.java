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

/** Servers within this JVM, each on its own port, folder and database. */
final class SynchronizationServerTest {

  @TempDir private Path folder;
  private final ArrayList<SynchronizationServer> started = new ArrayList<>();

  private SynchronizationServer start(String name, Map<String, String> settings) {
    var whole = new HashMap<>(settings);
    whole.putIfAbsent("STORAGE_CONNECTIONS_HTTP_PORT", "0");
    whole.put("STORAGE_CONNECTIONS_DATA_FOLDER", folder.resolve(name).toString());
    var server = Settings.read(whole, Set.of(), null).server().start();
    started.add(server);
    return server;
  }

  private static String token(SynchronizationServer server) {
    return server.developmentToken("somebody").value();
  }

  @AfterEach
  void stop() {
    started.forEach(SynchronizationServer::close);
  }

  @Test
  void from_token_to_durable_row_and_back() {
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
  void several_run_side_by_side_and_know_nothing_of_each_other() {
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
  void the_tokens_of_an_issuer_elsewhere_are_trusted_by_discovery() {
    var issuer = start("issuer", Map.of());
    var server =
        start("server", Map.of("STORAGE_CONNECTIONS_AUTH_ISSUER", issuer.url().toString()));
    var client = new ApiClient(server.url().toString(), token(issuer));
    assertThat(client.create(ApiClient.DOCUMENTED_REQUEST).statusCode()).isEqualTo(201);
    assertThat(server.hasDevelopmentIssuer()).isFalse();
    assertThat(client.get(server.url() + "/.well-known/jwks.json").statusCode()).isEqualTo(404);
  }

  @Test
  void an_issuer_that_does_not_answer_is_503_and_the_server_serves_nevertheless() {
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
  void a_token_for_another_audience_is_refused() {
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
  void what_cannot_start_leaves_nothing_open() throws Exception {
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
  void said_nothing_it_keeps_everything_in_memory_and_gives_out_tokens() {
    try (var server = SynchronizationServer.builder().start()) {
      var client = new ApiClient(server.url().toString(), token(server));
      assertThat(client.create(ApiClient.DOCUMENTED_REQUEST).statusCode()).isEqualTo(201);
      assertThat(server.url()).isEqualTo(server.address());
    }
  }

  @Test
  void what_is_said_last_counts() {
    try (var issuer = SynchronizationServer.builder().start();
        var server =
            SynchronizationServer.builder()
                .tokenVerifier(token -> new Verification.Rejected(Reason.INVALID))
                .issuer(issuer.url())
                .start()) {
      var client = new ApiClient(server.url().toString(), token(issuer));
      assertThat(client.create(ApiClient.DOCUMENTED_REQUEST).statusCode()).isEqualTo(201);
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> server.developmentToken("somebody"));
    }
  }

  @Test
  void what_is_said_last_counts_the_other_way_round_and_of_databases() {
    var closed = Database.inMemory();
    closed.close();
    try (var server =
        SynchronizationServer.builder()
            .dataSource(closed.dataSource())
            .database("jdbc:h2:mem:" + UUID.randomUUID(), null, null, 2)
            .issuer(URI.create("http://127.0.0.1:1"))
            .tokenVerifier(token -> new Verification.Accepted(Caller.ofClient(token)))
            .start()) {
      var client = new ApiClient(server.url().toString(), "anybody");
      assertThat(client.create(ApiClient.DOCUMENTED_REQUEST).statusCode()).isEqualTo(201);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE})
  void a_limit_that_is_none_is_refused_at_once(int requestsPerMinute) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> SynchronizationServer.builder().requestsPerMinute(requestsPerMinute).start())
        .withMessageContaining("" + requestsPerMinute);
  }

  @Test
  @SuppressWarnings("NullAway") // As a host may call it that reads its own settings.
  void a_null_is_refused_at_once_and_does_not_stand_for_the_development_issuer() {
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
  void an_audience_that_is_blank_is_refused_at_once(String audience) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SynchronizationServer.builder().audience(audience));
  }
}
