package io.storageconnections.adapter.execution.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.CurrentlyExecuting;
import com.github.kagkarlsson.scheduler.HeartbeatConfig;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.storageconnections.adapter.execution.worker.Leases.Heartbeat;
import io.storageconnections.application.run.ExecuteRun.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class LeasesTest {

  private static final Duration UNTIL_DEAD = Duration.ofMinutes(60);

  /** The clock by which the scheduler judges heartbeats. */
  private final AtomicReference<Instant> time = new AtomicReference<>(Instant.EPOCH);

  private final Leases leases = new Leases(UNTIL_DEAD);
  private final Execution execution = execution(2);
  private final Lease lease = leases.lease(executing(execution));

  private static Execution execution(long version) {
    return new Execution(
        Instant.EPOCH,
        new TaskInstance<Void>("run", "1"),
        true,
        "a",
        null,
        null,
        0,
        Instant.EPOCH,
        version);
  }

  private CurrentlyExecuting executing(Execution picked) {
    return new CurrentlyExecuting(
        picked, time::get, new HeartbeatConfig(Duration.ofMinutes(10), 6, UNTIL_DEAD));
  }

  private static Heartbeat before(Duration monotonic, Duration clock) {
    return new Heartbeat(
        System.nanoTime() - monotonic.toNanos(), System.currentTimeMillis() - clock.toMillis());
  }

  @Test
  void a_lease_lasts_three_quarters_of_the_time_until_the_node_counts_as_dead() {
    leases.begin(execution, before(Duration.ofMinutes(44), Duration.ofMinutes(44)));
    assertThat(lease.mustStop()).isFalse();
    leases.begin(execution, before(Duration.ofMinutes(45), Duration.ofMinutes(45)));
    assertThat(lease.mustStop()).isTrue();
  }

  @Test
  void a_node_that_was_stopped_sees_it_by_the_monotonic_clock() {
    leases.begin(execution, before(Duration.ofMinutes(46), Duration.ZERO));
    assertThat(lease.mustStop()).isTrue();
  }

  @Test
  void a_machine_that_was_suspended_sees_it_by_its_clock() {
    leases.begin(execution, before(Duration.ZERO, Duration.ofMinutes(46)));
    assertThat(lease.mustStop()).isTrue();
  }

  @Test
  void a_lease_ends_when_the_time_of_the_database_says_so() {
    leases.begin(execution, Heartbeat.now());
    time.set(Instant.EPOCH.plus(Duration.ofMinutes(44)));
    assertThat(lease.mustStop()).isFalse();
    time.set(Instant.EPOCH.plus(Duration.ofMinutes(45)));
    assertThat(lease.mustStop()).isTrue();
  }

  @Test
  void a_heartbeat_that_was_stored_extends_the_lease() {
    leases.begin(execution, before(Duration.ofMinutes(50), Duration.ofMinutes(50)));
    leases.extend(execution, Heartbeat.now());
    assertThat(lease.mustStop()).isFalse();
  }

  @Test
  void a_lease_that_has_ended_is_not_extended() {
    leases.begin(execution, Heartbeat.now());
    leases.end(execution);
    leases.extend(execution, Heartbeat.now());
    assertThat(lease.mustStop()).isTrue();
  }

  @Test
  void two_picks_of_a_run_have_two_leases() {
    leases.begin(execution, Heartbeat.now());
    leases.begin(execution(4), Heartbeat.now());
    leases.end(execution);
    assertThat(lease.mustStop()).isTrue();
    assertThat(leases.lease(executing(execution(4))).mustStop()).isFalse();
  }

  @Test
  void all_leases_end_when_the_node_shuts_down() {
    leases.begin(execution, Heartbeat.now());
    leases.endAll();
    assertThat(lease.mustStop()).isTrue();
  }
}
