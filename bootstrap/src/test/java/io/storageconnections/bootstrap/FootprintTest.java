package io.storageconnections.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Verification;
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

/** What a server leaves behind in the process it ran in: nothing. */
final class FootprintTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int CYCLES = 100;

  /** A server that leaked its smallest pool, caches or handlers would leave more each time. */
  private static final long BYTES_MAX_PER_CYCLE = 100_000;

  /** Threads of the JDK, and below those of other tests' clients, that come and go as they like. */
  private static final Set<String> OF_THE_JDK =
      Set.of("Common-Cleaner", "Signal Dispatcher", "process reaper", "Keep-Alive-Timer");

  /** Loads what is loaded once. */
  @BeforeAll
  static void run_once_before() throws Exception {
    for (int i = 0; i < 10; i++) {
      cycle();
    }
  }

  private static void cycle() throws Exception {
    try (var server =
        SynchronizationServer.builder()
            .tokenVerifier(token -> new Verification.Accepted(Caller.ofClient(token)))
            .start()) {
      ask(server.url());
    }
  }

  /** With a client that has no threads of its own, which would be taken for the server's. */
  private static void ask(URI server) throws Exception {
    var url = server.resolve("/synchronization/connectortypes").toURL();
    var connection = (HttpURLConnection) url.openConnection();
    connection.setRequestProperty("Authorization", "Bearer somebody");
    assertThat(connection.getResponseCode()).isEqualTo(200);
    connection.getInputStream().readAllBytes();
    connection.disconnect();
  }

  @Test
  void no_thread_and_no_memory_is_left_after_a_hundred_servers() throws Exception {
    var threads = threads();
    var bytes = usedBytes();
    for (int i = 0; i < CYCLES; i++) {
      cycle();
    }
    // Threads that were told to end may need a moment.
    Await.until(PATIENCE, "no thread is left of " + more(threads), () -> more(threads).isEmpty());
    // So may what only a cleaner's thread lets go.
    Await.until(
        PATIENCE, "memory is free again", () -> usedBytes() - bytes < CYCLES * BYTES_MAX_PER_CYCLE);
  }

  @Test
  void properties_locale_time_zone_and_drivers_stay_as_they_were() throws Exception {
    var properties = Map.copyOf(System.getProperties());
    var locale = Locale.getDefault();
    var zone = TimeZone.getDefault();
    var drivers = drivers();
    cycle();
    assertThat(Map.copyOf(System.getProperties())).isEqualTo(properties);
    assertThat(Locale.getDefault()).isEqualTo(locale);
    assertThat(TimeZone.getDefault()).isEqualTo(zone);
    assertThat(drivers()).isEqualTo(drivers);
  }

  private static List<Driver> drivers() {
    return Collections.list(DriverManager.getDrivers());
  }

  /** How many there are of each name, numbers left out. */
  private static Map<String, Long> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(thread -> thread.getName().replaceAll("[0-9]+", "#"))
        .filter(name ->
            !OF_THE_JDK.contains(name)
                && !name.startsWith("ForkJoinPool")
                && !name.startsWith("HttpClient"))
        .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
  }

  private static Map<String, Long> more(Map<String, Long> before) {
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
