package io.storageconnections.adapter.http.ratelimit;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.distributed.proxy.optimization.DelayParameters;
import io.github.bucket4j.distributed.proxy.optimization.Optimization;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.storageconnections.adapter.persistence.Database;
import io.storageconnections.adapter.persistence.JooqRequestAllowance;
import io.storageconnections.adapter.persistence.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.LongStream;
import javax.sql.DataSource;

/**
 * Compares the rate limit of this server with Bucket4j's PostgreSQL extension, for four nodes on
 * one PostgreSQL, each with its own pool. Prints the tables of decision 15 and asserts nothing.
 */
public final class RateLimitComparison {

  private static final int NODES = 4;
  private static final int THREADS = 16;
  private static final int LIMIT = 5_000;
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(8);

  private static final Map<String, Function<DataSource, Node>> CONTENDERS = new LinkedHashMap<>();

  static {
    var delay = new DelayParameters(LIMIT / 50, Duration.ofSeconds(1));
    CONTENDERS.put("this server", RateLimitComparison::thisServer);
    CONTENDERS.put("batching", dataSource -> bucket4j(dataSource, Optimizations.batching()));
    CONTENDERS.put("delaying", dataSource -> bucket4j(dataSource, Optimizations.delaying(delay)));
    CONTENDERS.put(
        "predicting", dataSource -> bucket4j(dataSource, Optimizations.predicting(delay)));
  }

  private final EmbeddedPostgres postgres;
  private final List<Database> pools = new ArrayList<>();

  private RateLimitComparison() throws IOException, SQLException {
    postgres = EmbeddedPostgres.builder().setPGStartupWait(Duration.ofSeconds(60)).start();
    var url = postgres.getJdbcUrl("postgres", "postgres");
    for (int node = 0; node < NODES; node++) {
      pools.add(Database.open(url, null, null, Database.CONNECTIONS_DEFAULT));
    }
    Migrations.run(pools.get(0).dataSource());
    try (var connection = pools.get(0).dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create table bucket (id text primary key, state bytea)");
    }
  }

  /**
   * Runs the comparison, which takes about eight minutes.
   *
   * @param args none
   * @throws IOException if PostgreSQL does not start
   * @throws SQLException if PostgreSQL fails
   * @throws InterruptedException if the thread is interrupted
   */
  public static void main(String[] args) throws IOException, SQLException, InterruptedException {
    var comparison = new RateLimitComparison();
    for (var contender : CONTENDERS.values()) {
      comparison.run(contender, 200, secondsOf(10));
    }
    for (int round = 0; round < 3; round++) {
      for (var contender : CONTENDERS.entrySet()) {
        print("200 clients", contender, comparison.run(contender.getValue(), 200, secondsOf(8)));
      }
    }
    for (var contender : CONTENDERS.entrySet()) {
      print("one client", contender, comparison.run(contender.getValue(), 1, secondsOf(55)));
    }
    for (var contender : CONTENDERS.entrySet()) {
      print(
          "200 clients, PostgreSQL stopped",
          contender,
          comparison.runWithPostgresStopped(contender.getValue()));
    }
    comparison.close();
  }

  private static Duration secondsOf(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  private void close() throws IOException {
    pools.forEach(Database::close);
    postgres.close();
  }

  // ---- contenders ----------------------------------------------------------------------------

  /** One node. */
  private interface Node {
    RateLimitStatus take(String client);
  }

  private static Node thisServer(DataSource dataSource) {
    var time = TimeMeter.SYSTEM_NANOTIME;
    var allowance =
        new SharedAllowance(
            JooqRequestAllowance.on(dataSource).orElseThrow()::lease, LIMIT, WINDOW, time);
    var counts = new ConcurrentHashMap<String, RequestCount>();
    return client ->
        counts.computeIfAbsent(client, key -> new LeasedRequestCount(key, allowance, time)).take();
  }

  private static Node bucket4j(DataSource dataSource, Optimization optimization) {
    var limit = Bandwidth.builder().capacity(LIMIT).refillIntervally(LIMIT, WINDOW).build();
    var configuration = BucketConfiguration.builder().addLimit(limit).build();
    var manager =
        Bucket4jPostgreSQL.selectForUpdateBasedBuilder(dataSource)
            .primaryKeyMapper(PrimaryKeyMapper.STRING)
            .requestTimeout(Duration.ofSeconds(1))
            .build();
    var buckets = new ConcurrentHashMap<String, BucketProxy>();
    return client -> {
      var probe =
          buckets
              .computeIfAbsent(
                  client,
                  key ->
                      manager
                          .builder()
                          .withOptimization(optimization)
                          .build(key, () -> configuration))
              .tryConsumeAndReturnRemaining(1);
      return new RateLimitStatus(
          probe.isConsumed(), probe.getRemainingTokens(), probe.getNanosToWaitForReset());
    };
  }

  // ---- load ----------------------------------------------------------------------------------

  /** The measurements of all threads of all nodes. */
  private static final class Measurements {

    private final ConcurrentLinkedQueue<Long> admitted = new ConcurrentLinkedQueue<>();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicLong longest = new AtomicLong();
    private final AtomicLong resetMax = new AtomicLong();
    private long transactions;
    private double seconds;

    void ask(Node node, String client) {
      var start = System.nanoTime();
      try {
        var status = node.take(client);
        if (status.isAdmitted()) {
          admitted.add(System.nanoTime() - start);
        } else {
          refused.incrementAndGet();
        }
        resetMax.accumulateAndGet(status.nanosToReset(), Math::max);
      } catch (RuntimeException failure) {
        failed.incrementAndGet();
      }
      longest.accumulateAndGet(System.nanoTime() - start, Math::max);
    }

    long[] sortedNanos() {
      return admitted.stream().flatMapToLong(LongStream::of).sorted().toArray();
    }
  }

  private Measurements run(Function<DataSource, Node> contender, int clients, Duration time)
      throws SQLException, InterruptedException {
    var before = transactions();
    var measurements = new Measurements();
    var prefix = UUID.randomUUID() + " ";
    var start = System.nanoTime();
    var end = start + time.toNanos();
    var threads = new ArrayList<Thread>();
    for (var pool : pools) {
      var node = contender.apply(pool.dataSource());
      for (int i = 0; i < THREADS; i++) {
        threads.add(
            Thread.ofVirtual()
                .start(() -> {
                  while (System.nanoTime() - end < 0) {
                    measurements.ask(node, prefix + ThreadLocalRandom.current().nextInt(clients));
                    pause();
                  }
                }));
      }
    }
    for (var thread : threads) {
      thread.join();
    }
    measurements.seconds = (System.nanoTime() - start) / 1e9;
    measurements.transactions = transactions() - before;
    return measurements;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Measurements runWithPostgresStopped(Function<DataSource, Node> contender)
      throws IOException, SQLException, InterruptedException {
    var postmaster = postmaster();
    var stopping =
        Thread.ofPlatform()
            .start(() -> {
              signal("STOP", postmaster, Duration.ofSeconds(3));
              signal("CONT", postmaster, Duration.ofSeconds(15));
            });
    var measurements = run(contender, 200, secondsOf(20));
    stopping.join();
    return measurements;
  }

  private long postmaster() throws IOException, SQLException {
    try (var connection = pools.get(0).dataSource().getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery("show data_directory")) {
      row.next();
      var lines = Files.readAllLines(Path.of(row.getString(1), "postmaster.pid"));
      return Long.parseLong(lines.get(0).trim());
    }
  }

  private static void signal(String name, long postmaster, Duration after) {
    try {
      Thread.sleep(after);
      var command = new ArrayList<>(List.of("kill", "-" + name, "" + postmaster));
      ProcessHandle.of(postmaster)
          .orElseThrow()
          .descendants()
          .forEach(process -> command.add("" + process.pid()));
      new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long transactions() throws SQLException, InterruptedException {
    // A backend reports its transactions about a second after it has become idle.
    TimeUnit.SECONDS.sleep(2);
    try (var connection = pools.get(0).dataSource().getConnection();
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "select xact_commit from pg_stat_database where datname = 'postgres'")) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void print(
      String load,
      Map.Entry<String, Function<DataSource, Node>> contender,
      Measurements measurements) {
    var nanos = measurements.sortedNanos();
    var decisions = nanos.length + measurements.refused.get();
    System.out.printf(
        "| %s | %s | %,d admitted | %,.0f decisions/s | p50 %.3f ms, p99 %.1f ms | longest %,.0f ms"
            + " | %,.0f transactions/s | %d failed | reset in %.0f s at most |%n",
        load,
        contender.getKey(),
        nanos.length,
        decisions / measurements.seconds,
        percentile(nanos, 50),
        percentile(nanos, 99),
        measurements.longest.get() / 1e6,
        measurements.transactions / measurements.seconds,
        measurements.failed.get(),
        measurements.resetMax.get() / 1e9);
  }

  private static double percentile(long[] sorted, int percent) {
    return sorted.length == 0 ? 0 : sorted[(sorted.length - 1) * percent / 100] / 1e6;
  }
}
