package io.storageconnections.bootstrap.jar;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.bootstrap.fixture.ApiClient;
import io.storageconnections.bootstrap.fixture.Await;
import io.storageconnections.bootstrap.fixture.RequestBodies;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The jar on a PostgreSQL database that fails while the server runs, and recovers. */
@Tag("long")
final class DatabaseFaultsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The documented maximum, 15 seconds, and as much again for a busy machine. */
  private static final long ANSWER_SECONDS_MAX = 30;

  private static final String ROLE = "ordinary";

  @TempDir private static Path common;
  private static PostgresProcess postgres;

  @TempDir private Path folder;
  @RegisterExtension final JarProcesses jars = new JarProcesses();

  @BeforeAll
  static void start() throws Exception {
    postgres = PostgresProcess.startedIn(common);
    postgres.execute("postgres", "create role " + ROLE + " login");
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
  }

  private JarProcess serve(String url) throws IOException {
    return jars.add(
        JarProcess.run(
            folder,
            Map.of(
                "STORAGE_CONNECTIONS_HTTP_PORT", "0",
                "STORAGE_CONNECTIONS_DATABASE_URL", url,
                "STORAGE_CONNECTIONS_RATE_LIMIT_REQUESTS_PER_MINUTE", "0"),
            "serve"));
  }

  private static HttpResponse<String> create(ApiClient client) {
    return client.create(
        RequestBodies.connection(
            UUID.randomUUID(), List.of(RequestBodies.newFile(), RequestBodies.newFile())));
  }

  private static HttpResponse<String> readiness(ApiClient client) {
    return client.get(client.url() + "/health/ready");
  }

  private static String location(ApiClient client, HttpResponse<String> created) {
    var path = created.headers().firstValue("Location").orElseThrow().replaceAll(".*/", "");
    return client.url() + ApiClient.PATH + "/" + path;
  }

  @Test
  void while_the_database_is_read_only_writes_get_503_and_afterwards_they_work_again()
      throws Exception {
    var database = postgres.emptyDatabase();
    var client = serve(postgres.url(database)).client();
    var created = create(client);
    assertThat(created.statusCode()).isEqualTo(201);

    postgres.execute(
        "postgres",
        "alter database " + database + " set default_transaction_read_only = on",
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
            + database
            + "'");
    Await.until(
        PATIENCE,
        "a create is refused because the database is read-only",
        () -> create(client).body().contains("read-only"));
    var refused = create(client);
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    var notReady = readiness(client);
    assertThat(notReady.statusCode()).isEqualTo(503);
    assertThat(notReady.body()).contains("read-only");
    assertThat(client.get(location(client, created)).statusCode()).isEqualTo(200);

    postgres.execute("postgres", "alter database " + database + " reset all");
    Await.until(PATIENCE, "creates work", () -> create(client).statusCode() == 201);
    Await.until(PATIENCE, "the server is ready", () -> readiness(client).statusCode() == 200);
  }

  @Test
  void a_right_that_is_lost_is_a_500_of_one_line_each_and_one_trace_until_it_is_granted_again()
      throws Exception {
    var database = postgres.emptyDatabase();
    serve(postgres.url(database)).client();
    postgres.execute(
        database, "grant select, insert, update, delete on all tables in schema public to " + ROLE);
    var jar = serve(postgres.url(database, ROLE));
    var client = jar.client();
    assertThat(create(client).statusCode()).isEqualTo(201);

    postgres.execute(database, "revoke insert on storage_connection from " + ROLE);
    for (int i = 0; i < 3; i++) {
      var failed = create(client);
      assertThat(failed.statusCode()).isEqualTo(500);
      assertThat(failed.headers().firstValue("Retry-After")).isEmpty();
      assertThat(failed.body()).contains("InternalServerError", "operator");
    }
    var log = jar.err();
    assertThat(log.lines().filter(line -> line.contains(" ERROR ")))
        .hasSize(3)
        .allSatisfy(line ->
            assertThat(line).contains("lacks a right", "grant it", "permission denied for table"));
    assertThat(log.lines().filter(line -> line.startsWith("io.storageconnections."))).hasSize(1);
    assertThat(log.lines().filter(line -> line.contains(" WARN "))).isEmpty();
    assertThat(readiness(client).statusCode()).isEqualTo(503);

    postgres.execute(database, "grant insert on storage_connection to " + ROLE);
    assertThat(create(client).statusCode()).isEqualTo(201);
    assertThat(readiness(client).statusCode()).isEqualTo(200);
  }

  @Test
  void after_all_pooled_connections_broke_the_first_request_succeeds() throws Exception {
    try (var network = PacketDroppingProxy.before(postgres.port())) {
      var client = serve(through(network, postgres.emptyDatabase())).client();
      assertThat(create(client).statusCode()).isEqualTo(201);
      // The pool tests a connection only after it has been idle for a while.
      TimeUnit.SECONDS.sleep(1);
      network.startDropping();
      network.stopDropping();
      for (int i = 0; i < 20; i++) {
        assertThat(create(client).statusCode()).isEqualTo(201);
      }
    }
  }

  @Test
  void
      while_the_network_drops_packets_every_answer_is_a_timely_503_and_afterwards_requests_succeed()
          throws Exception {
    try (var network = PacketDroppingProxy.before(postgres.port());
        var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var client = serve(through(network, postgres.emptyDatabase())).client();
      try (var load = BackgroundLoad.on(client, 24)) {
        Await.until(PATIENCE, "there is load", () -> load.acknowledged().size() > 200);
        network.startDropping();
        var answers = new ArrayList<Future<HttpResponse<String>>>();
        for (int i = 0; i < 40; i++) {
          answers.add(clients.submit(() -> create(client)));
        }
        answers.add(clients.submit(() -> readiness(client)));
        for (var answer : answers) {
          assertThat(answer.get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS).statusCode()).isEqualTo(503);
        }
        network.stopDropping();
        var before = load.acknowledged().size();
        Await.until(
            PATIENCE, "load is served again", () -> load.acknowledged().size() > before + 200);
        load.stop();
        assertThat(load.wrong()).isEmpty();
        assertThat(load.unanswered()).isEmpty();
      }
      assertThat(create(client).statusCode()).isEqualTo(201);
      assertThat(readiness(client).statusCode()).isEqualTo(200);
    }
  }

  private static String through(PacketDroppingProxy network, String database) {
    return postgres.url(database).replace(":" + postgres.port(), ":" + network.port());
  }
}
