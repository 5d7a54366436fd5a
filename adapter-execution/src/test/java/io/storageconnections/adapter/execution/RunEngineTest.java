package io.storageconnections.adapter.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.storageconnections.application.contract.RunQueueContract;
import io.storageconnections.application.port.RunQueue;
import io.storageconnections.application.run.ExecuteRun.Done;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Settings of engines, and waking them in each state. */
final class RunEngineTest {

  private static RunEngineBuilder builder() {
    var database = new JdbcDataSource();
    database.setUrl("jdbc:h2:mem:");
    return new RunEngineBuilder(database, clock -> (run, worker) -> new Done());
  }

  @Test
  void the_name_of_a_node_is_random_by_default() {
    assertThat(builder().build().node()).isNotEqualTo(builder().build().node()).hasSize(36);
  }

  @Test
  void the_use_case_gets_the_clock_of_the_engine() {
    var clock = new SetClock(Instant.EPOCH);
    var given = new AtomicReference<Object>();
    var engine =
        new RunEngineBuilder(
                new JdbcDataSource(),
                used -> {
                  given.set(used);
                  return (run, worker) -> new Done();
                })
            .clock(clock)
            .build();
    assertThat(given).hasValue(clock);
    assertThat(engine.clock()).isSameAs(clock);
  }

  @Test
  void an_engine_is_started_once() {
    try (var engine = builder().build()) {
      engine.start();
      assertThatThrownBy(engine::start).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void settings_out_of_range_are_rejected() {
    var builder = builder();
    assertRejected(() -> builder.workers(0));
    assertRejected(() -> builder.missedHeartbeats(3));
    assertRejected(() -> builder.pollingInterval(Duration.ZERO));
    assertRejected(() -> builder.heartbeat(Duration.ofNanos(999_999)));
    assertRejected(() -> builder.shutdownBound(Duration.ofSeconds(-1)));
    assertRejected(() -> builder.node(" "));
    assertRejected(() -> builder.node("n".repeat(256)));
    builder
        .workers(1)
        .missedHeartbeats(4)
        .pollingInterval(Duration.ofMillis(1))
        .heartbeat(Duration.ofMillis(1))
        .shutdownBound(Duration.ofMillis(1))
        .node("n".repeat(255));
  }

  private static void assertRejected(Runnable setting) {
    assertThatThrownBy(setting::run).isInstanceOf(IllegalArgumentException.class);
  }

  @Nested
  final class NotStarted implements RunQueueContract {

    @Override
    public RunQueue queue() {
      return builder().build();
    }
  }

  @Nested
  final class Closed implements RunQueueContract {

    @Override
    public RunQueue queue() {
      var engine = builder().build();
      engine.close();
      return engine;
    }
  }
}
