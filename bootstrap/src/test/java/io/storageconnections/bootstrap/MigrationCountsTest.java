package io.storageconnections.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.adapter.http.port.ServerInfo.MigratedTables;
import io.storageconnections.adapter.persistence.Database;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The migrations that the management listener tells. */
@Timeout(60)
final class MigrationCountsTest {

  private static final MigratedTables UNKNOWN = new MigratedTables("connections", null, null);

  @Test
  void a_database_that_does_not_answer_delays_no_caller_and_is_asked_once() throws Exception {
    var answer = new CountDownLatch(1);
    var asked = new AtomicInteger();
    try (var database = Database.inMemory();
        var hanging = new MigrationCounts(Duration.ofMillis(1));
        var patient = new MigrationCounts(Duration.ofSeconds(30))) {
      hanging.add(
          "connections",
          database.dataSource(),
          source -> {
            asked.incrementAndGet();
            awaitQuietly(answer);
            return 6;
          },
          source -> 0);
      for (int i = 0; i < 10; i++) {
        assertThat(hanging.read()).containsExactly(UNKNOWN);
      }
      assertThat(asked.get()).isLessThanOrEqualTo(1);
      answer.countDown();
      patient.add("connections", database.dataSource(), source -> 6, source -> 1);
      assertThat(patient.read()).containsExactly(new MigratedTables("connections", 6, 1));
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      var unused = latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
