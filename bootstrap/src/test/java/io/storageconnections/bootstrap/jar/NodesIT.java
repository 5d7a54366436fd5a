package io.storageconnections.bootstrap.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.storageconnections.bootstrap.fixture.ApiClient;
import io.storageconnections.bootstrap.fixture.Await;
import io.storageconnections.bootstrap.fixture.RequestBodies;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several processes of the jar on one PostgreSQL database. They share a public URL and a data
 * folder, so that each accepts the tokens of the others.
 */
@Tag("long")
final class NodesIT {

  private static final String NO_POOLER =
      "SKIPPED: PgBouncer is not tested, because there is no pgbouncer on the"
          + " PATH. To install it: apt-get install pgbouncer";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private static Path common;
  private static PostgresProcess postgres;
  private static String database;

  /** Two nodes that started at the same time on an empty database, and run during all tests. */
  private static List<JarProcess> nodes = List.of();

  @TempDir private Path folder;
  @RegisterExtension final JarProcesses jars = new JarProcesses();

  @BeforeAll
  static void start() throws Exception {
    postgres = PostgresProcess.startedIn(common);
    database = postgres.emptyDatabase();
    nodes = List.of(serve(url()), serve(url()));
  }

  @AfterAll
  static void stop() throws Exception {
    for (var node : nodes) {
      node.kill();
    }
    postgres.close();
  }

  private static String url() {
    return postgres.url(database);
  }

  private static JarProcess run(Map<String, String> more, String url, String command)
      throws IOException {
    var settings = new HashMap<>(more);
    settings.put("STORAGE_CONNECTIONS_DATABASE_URL", url);
    settings.put("STORAGE_CONNECTIONS_HTTP_PORT", "0");
    settings.put("STORAGE_CONNECTIONS_PUBLIC_URL", "https://nodes.example.com");
    settings.put("STORAGE_CONNECTIONS_RATE_LIMIT_REQUESTS_PER_MINUTE", "0");
    return JarProcess.run(common, settings, command);
  }

  private static JarProcess serve(String url) throws IOException {
    return run(Map.of(), url, "serve");
  }

  /** Waits until all nodes listen, and returns a client of each. */
  private static List<ApiClient> clients(List<JarProcess> nodes) throws Exception {
    var clients = new ArrayList<ApiClient>();
    for (var node : nodes) {
      clients.add(node.client());
    }
    return clients;
  }

  @Test
  void nodes_that_start_at_once_on_an_empty_database_all_serve() throws Exception {
    var clients = clients(nodes);
    for (var writer : clients) {
      var created =
          writer.create(
              RequestBodies.connection(
                  UUID.randomUUID(), List.of(RequestBodies.newFile(), RequestBodies.newFile())));
      assertThat(created.statusCode()).isEqualTo(201);
      assertThat(clients)
          .allSatisfy(
              reader -> assertThat(connection(reader, created).statusCode()).isEqualTo(200));
    }
  }

  @Test
  void a_node_that_may_not_migrate_names_the_migrate_command_and_starts_after_it()
      throws Exception {
    var url = postgres.url(postgres.emptyDatabase());
    var withoutMigration = Map.of("STORAGE_CONNECTIONS_DATABASE_MIGRATE", "false");
    var early = jars.add(run(withoutMigration, url, "serve"));
    assertThat(early.exitCode()).isEqualTo(1);
    assertThat(early.out()).isEmpty();
    assertThat(early.err().lines()).singleElement().asString().contains("command \"migrate\"");
    assertThat(jars.add(run(Map.of(), url, "migrate")).exitCode()).isZero();
    assertThat(isReady(jars.add(run(withoutMigration, url, "serve")).client())).isTrue();
  }

  @Test
  void of_many_clients_that_map_the_same_files_at_different_nodes_one_maps_each_file()
      throws Exception {
    var clients = clients(nodes);
    for (int round = 0; round < 4; round++) {
      raceForTwoFiles(clients);
    }
  }

  /** 32 clients at once: for both files in either order, and for each file alone. */
  private static void raceForTwoFiles(List<ApiClient> nodes) throws Exception {
    var iModel = UUID.randomUUID();
    var one = RequestBodies.newFile();
    var other = RequestBodies.newFile();
    var wishes = List.of(List.of(one, other), List.of(other, one), List.of(one), List.of(other));
    var created = new ArrayList<String>();
    var racers = new ArrayList<Callable<HttpResponse<String>>>();
    var wanted = new ArrayList<List<String>>();
    for (int i = 0; i < 32; i++) {
      var node = nodes.get(i % nodes.size());
      var wish = wishes.get(i / nodes.size() % wishes.size());
      wanted.add(wish);
      racers.add(() -> node.create(RequestBodies.connection(iModel, wish)));
    }
    var answers = atOnce(racers);
    for (int i = 0; i < answers.size(); i++) {
      var answer = answers.get(i);
      assertThat(answer.statusCode()).as(answer.body()).isIn(201, 409);
      if (answer.statusCode() == 201) {
        created.addAll(wanted.get(i));
        assertThat(nodes)
            .allSatisfy(
                reader -> assertThat(connection(reader, answer).statusCode()).isEqualTo(200));
      }
    }
    assertThat(created).containsExactlyInAnyOrder(one, other);
  }

  private static <T> List<T> atOnce(List<Callable<T>> racers) throws Exception {
    var start = new CountDownLatch(1);
    try (var threads = Executors.newFixedThreadPool(racers.size())) {
      var results = new ArrayList<Future<T>>();
      for (var racer : racers) {
        results.add(
            threads.submit(() -> {
              start.await();
              return racer.call();
            }));
      }
      start.countDown();
      var all = new ArrayList<T>();
      for (var result : results) {
        all.add(result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
      }
      return all;
    }
  }

  @Test
  void a_node_that_is_killed_under_load_loses_no_acknowledged_connection() throws Exception {
    var seed = new Random().nextLong();
    var random = new Random(seed);
    var survivor = nodes.getFirst().client();
    var before = connectionsWithFewerThanTwoFiles();
    int kills = JarProcess.kills(2);
    int acknowledged = 0;
    for (int i = 0; i < kills; i++) {
      var victim = jars.add(serve(url()));
      var client = victim.client();
      try (var here = BackgroundLoad.on(survivor, 4);
          var there = BackgroundLoad.on(client, 4)) {
        awaitMore(here, 20);
        awaitMore(there, 1 + random.nextInt(200));
        victim.kill();
        await("clients of the killed node get no answer", () -> there.unanswered().size() == 4);
        awaitMore(here, 20);
        here.stop();
        assertThat(here.unanswered()).as("seed %d", seed).isEmpty();
        for (var load : List.of(here, there)) {
          assertThat(load.wrong()).as("seed %d", seed).isEmpty();
          assertThat(load.unavailable()).as("seed %d", seed).isZero();
          assertKept(load.acknowledged(), survivor);
          acknowledged += load.acknowledged().size();
        }
      }
    }
    assertThat(connectionsWithFewerThanTwoFiles()).isEqualTo(before);
    report("node", kills, acknowledged);
  }

  @Test
  void while_a_killed_postgresql_is_away_nodes_answer_503_and_lose_no_acknowledged_connection()
      throws Exception {
    var clients = clients(nodes);
    var before = connectionsWithFewerThanTwoFiles();
    int kills = JarProcess.kills(1);
    int acknowledged = 0;
    for (int i = 0; i < kills; i++) {
      try (var one = BackgroundLoad.on(clients.get(0), 4);
          var other = BackgroundLoad.on(clients.get(1), 4)) {
        var loads = List.of(one, other);
        for (var load : loads) {
          awaitMore(load, 30);
        }
        postgres.kill();
        for (var load : loads) {
          await("a 503 is answered", () -> load.unavailable() > 0);
        }
        assertThat(atOnce(readiness(clients))).containsOnly(503);
        postgres.startAgain();
        awaitReady(clients);
        for (var load : loads) {
          awaitMore(load, 30);
          load.stop();
          assertThat(load.wrong()).isEmpty();
          assertThat(load.unanswered()).isEmpty();
          assertKept(load.acknowledged(), clients.get(0));
          acknowledged += load.acknowledged().size();
        }
      }
    }
    assertThat(connectionsWithFewerThanTwoFiles()).isEqualTo(before);
    assertThat(nodes).allMatch(JarProcess::isAlive);
    report("PostgreSQL", kills, acknowledged);
  }

  /**
   * Counts the connections that have fewer than two files. {@link BackgroundLoad} creates none, but
   * a race for single files does, in the same database.
   */
  private static long connectionsWithFewerThanTwoFiles() throws Exception {
    return postgres.number(
        database,
        """
        select count(*) from storage_connection c
        where (select count(*) from storage_connection_source_file f
               where f.imodel_id = c.imodel_id and f.connection_id = c.connection_id) < 2
        """);
  }

  private static List<Callable<Integer>> readiness(List<ApiClient> nodes) {
    return nodes.stream()
        .<Callable<Integer>>map(node -> () -> node.get(node.url() + "/health/ready").statusCode())
        .toList();
  }

  private static boolean isReady(ApiClient node) {
    return node.get(node.url() + "/health/ready").statusCode() == 200;
  }

  private static void awaitReady(List<ApiClient> nodes) throws InterruptedException {
    await("all nodes are ready", () -> nodes.stream().allMatch(NodesIT::isReady));
  }

  private static void awaitMore(BackgroundLoad load, int more) throws InterruptedException {
    var before = load.acknowledged().size();
    await(
        more + " more are acknowledged",
        () -> load.acknowledged().size() >= before + more || !load.wrong().isEmpty());
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    Await.until(PATIENCE, what, condition);
  }

  /** Asserts that every acknowledged connection exists and has every acknowledged file. */
  private static void assertKept(List<BackgroundLoad.Acknowledged> acknowledged, ApiClient reader)
      throws InterruptedException, ExecutionException, TimeoutException {
    try (var threads = Executors.newFixedThreadPool(8)) {
      var checks = new ArrayList<Future<?>>();
      for (var one : acknowledged) {
        checks.add(threads.submit(() -> assertKept(one, reader)));
      }
      for (var check : checks) {
        check.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
    }
  }

  private static void assertKept(BackgroundLoad.Acknowledged one, ApiClient reader) {
    var address = reader.url() + ApiClient.PATH + "/" + one.connection();
    var found = reader.get(address + "/sourcefiles");
    assertThat(found.statusCode()).as("%s", one).isEqualTo(200);
    assertThat(found.body()).contains(one.files());
  }

  private static HttpResponse<String> connection(ApiClient reader, HttpResponse<String> created) {
    var location = created.headers().firstValue("Location").orElseThrow();
    return reader.get(reader.url() + ApiClient.PATH + "/" + location.replaceAll(".*/", ""));
  }

  private static void report(String victim, int kills, int acknowledged) {
    System.err.printf("%s killed %d times: %d acknowledged, 0 lost%n", victim, kills, acknowledged);
  }

  @Test
  void nodes_may_connect_through_a_pgbouncer_in_transaction_mode() throws Exception {
    var program = PgBouncerProcess.program();
    if (program.isEmpty()) {
      System.err.println(NO_POOLER);
    }
    assumeTrue(program.isPresent(), NO_POOLER);
    try (var bouncer = PgBouncerProcess.start(program.get(), folder, postgres.port())) {
      // A named prepared statement exists on one server connection only, and the next may be
      // another.
      var url = bouncer.url(postgres.emptyDatabase()) + "&prepareThreshold=0";
      var clients = clients(List.of(jars.add(serve(url)), jars.add(serve(url))));
      raceForTwoFiles(clients);
      raceForTwoFiles(clients);
      try (var one = BackgroundLoad.on(clients.getFirst(), 8);
          var other = BackgroundLoad.on(clients.getLast(), 8)) {
        for (var load : List.of(one, other)) {
          awaitMore(load, 100);
          load.stop();
          assertThat(load.wrong()).as(bouncer.log()).isEmpty();
          assertThat(load.unavailable()).as(bouncer.log()).isZero();
          assertThat(load.unanswered()).isEmpty();
        }
        assertKept(one.acknowledged(), clients.getLast());
        assertKept(other.acknowledged(), clients.getFirst());
      }
    }
  }
}
