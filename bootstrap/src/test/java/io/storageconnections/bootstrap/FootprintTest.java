package io.storageconnections.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Verification;
import io.storageconnections.bootstrap.fixture.Await;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.URI;
import java.sql.Driver;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A closed server leaves no threads, memory or changed state in the process. */
final class FootprintTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int CYCLES = 100;

  /** A server that leaked its smallest pool, cache or handler would leave more in each cycle. */
  private static final long BYTES_MAX_PER_CYCLE = 100_000;

  /** Threads that the JDK starts and ends at any time, as do the clients of other tests. */
  private static final Set<String> JDK_THREADS =
      Set.of("Common-Cleaner", "Signal Dispatcher", "process reaper", "Keep-Alive-Timer");

  /** Loads classes and fills caches that live as long as the process. */
  @BeforeAll
  static void warmUp() throws Exception {
    for (int i = 0; i < 10; i++) {
      startAndClose();
    }
  }

  private static void startAndClose() throws Exception {
    try (var server =
        SynchronizationServer.builder()
            .tokenVerifier(token -> new Verification.Accepted(Caller.ofClient(token)))
            .management("127.0.0.1", 0)
            .start()) {
      sendRequest(server.url(), "/synchronization/connectortypes");
      var management = server.managementAddress().orElseThrow();
      sendRequest(management, "/metrics");
      sendRequest(management, "/health/ready");
    }
  }

  /** Uses a client without threads, which the test would count as threads of the server. */
  private static void sendRequest(URI server, String path) throws Exception {
    var url = server.resolve(path).toURL();
    var connection = (HttpURLConnection) url.openConnection();
    connection.setRequestProperty("Authorization", "Bearer someone");
    assertThat(connection.getResponseCode()).isEqualTo(200);
    connection.getInputStream().readAllBytes();
    connection.disconnect();
  }

  @Test
  void a_hundred_closed_servers_leave_no_thread_and_no_memory() throws Exception {
    var threads = threads();
    var bytes = usedBytes();
    for (int i = 0; i < CYCLES; i++) {
      startAndClose();
    }
    // A thread may end a moment after its executor was closed.
    Await.until(
        PATIENCE,
        "no thread is left of " + additional(threads),
        () -> additional(threads).isEmpty());
    // A cleaner thread frees some objects later.
    Await.until(
        PATIENCE, "memory is free again", () -> usedBytes() - bytes < CYCLES * BYTES_MAX_PER_CYCLE);
  }

  @Test
  void a_server_changes_no_property_locale_time_zone_or_driver() throws Exception {
    var properties = Map.copyOf(System.getProperties());
    var locale = Locale.getDefault();
    var zone = TimeZone.getDefault();
    var drivers = drivers();
    startAndClose();
    assertThat(Map.copyOf(System.getProperties())).isEqualTo(properties);
    assertThat(Locale.getDefault()).isEqualTo(locale);
    assertThat(TimeZone.getDefault()).isEqualTo(zone);
    assertThat(drivers()).isEqualTo(drivers);
  }

  private static List<Driver> drivers() {
    return Collections.list(DriverManager.getDrivers());
  }

  /** Returns the number of threads of each name, without the numbers in the names. */
  private static Map<String, Long> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(thread -> thread.getName().replaceAll("[0-9]+", "#"))
        .filter(name ->
            !JDK_THREADS.contains(name)
                && !name.startsWith("ForkJoinPool")
                && !name.startsWith("HttpClient"))
        .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
  }

  private static Map<String, Long> additional(Map<String, Long> before) {
    var now = threads();
    now.entrySet().removeIf(entry -> entry.getValue() <= before.getOrDefault(entry.getKey(), 0L));
    return now;
  }

  private static long usedBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
