package io.storageconnections.application.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.port.RequestLease;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The contract of a count of requests that nodes share. */
public interface RequestAllowanceContract {

  /** Longer than any test takes. */
  Duration LONG = Duration.ofMinutes(10);

  /**
   * Leases requests from the allowance under test; each call within a test may be that of another
   * node.
   */
  RequestLease lease(String partition, int wanted, int limit, Duration window);

  @Test
  default void requests_are_granted_until_none_is_left() {
    var partition = partition();
    assertThat(counts(lease(partition, 4, 10, LONG))).containsExactly(4, 6);
    assertThat(counts(lease(partition, 4, 10, LONG))).containsExactly(4, 2);
    assertThat(counts(lease(partition, 4, 10, LONG))).containsExactly(2, 0);
    assertThat(counts(lease(partition, 4, 10, LONG))).containsExactly(0, 0);
    assertThat(counts(lease(partition, 1, 10, LONG))).containsExactly(0, 0);
  }

  @Test
  default void more_than_the_limit_is_never_granted() {
    assertThat(counts(lease(partition(), 11, 10, LONG))).containsExactly(10, 0);
  }

  @Test
  default void each_partition_has_its_own_quota() {
    lease(partition(), 10, 10, LONG);
    assertThat(counts(lease(partition(), 10, 10, LONG))).containsExactly(10, 0);
  }

  @Test
  default void any_text_is_a_partition() {
    var unique = partition();
    var endless = unique + "x".repeat(100_000);
    for (var text :
        List.of(unique + "\u0000'", unique + "é", unique + "É", endless, endless + "y")) {
      assertThat(counts(lease(text, 1, 2, LONG))).containsExactly(1, 1);
      assertThat(counts(lease(text, 1, 2, LONG))).containsExactly(1, 0);
    }
  }

  @Test
  default void a_lease_of_no_request_reads_the_state() {
    var partition = partition();
    assertThat(counts(lease(partition, 0, 10, LONG))).containsExactly(0, 10);
    lease(partition, 3, 10, LONG);
    assertThat(counts(lease(partition, 0, 10, LONG))).containsExactly(0, 7);
  }

  @Test
  default void all_leases_report_the_same_end_of_the_window() throws InterruptedException {
    var partition = partition();
    var first = lease(partition, 1, 10, LONG).ends();
    assertThat(first).isPositive().isLessThanOrEqualTo(LONG);
    TimeUnit.MILLISECONDS.sleep(20);
    // Half of the pause: the allowance may use another clock than this JVM, which may be adjusted.
    assertThat(lease(partition, 1, 10, LONG).ends())
        .isPositive()
        .isLessThanOrEqualTo(first.minusMillis(10));
  }

  @Test
  default void a_new_window_has_the_whole_quota() throws InterruptedException {
    var partition = partition();
    var window = Duration.ofMillis(500);
    var end = System.nanoTime() + window.toNanos();
    assertThat(counts(lease(partition, 10, 10, window))).containsExactly(10, 0);
    var refused = lease(partition, 10, 10, window);
    // On a machine that was busy for half a second, the window may have ended.
    if (System.nanoTime() - end < 0) {
      assertThat(counts(refused)).containsExactly(0, 0);
    }
    assertThat(refused.ends()).isLessThanOrEqualTo(window);
    TimeUnit.NANOSECONDS.sleep(refused.ends().toNanos());
    var renewed = lease(partition, 4, 10, window);
    assertThat(counts(renewed)).containsExactly(4, 6);
    assertThat(renewed.ends()).isPositive().isLessThanOrEqualTo(window);
  }

  @Test
  default void concurrent_leases_grant_the_limit_together() throws InterruptedException {
    var partition = partition();
    assertThat(takenInARace(partition, LONG)).isEqualTo(100);
    assertThat(takenInARace(partition, LONG)).isZero();
  }

  @Test
  default void concurrent_leases_of_a_new_window_grant_the_limit_together()
      throws InterruptedException {
    var partition = partition();
    for (int turn = 0; turn < 5; turn++) {
      lease(partition, 100, 100, Duration.ofMillis(1));
      TimeUnit.MILLISECONDS.sleep(2);
      assertThat(takenInARace(partition, LONG)).isEqualTo(100);
      partition = partition();
    }
  }

  /** The number of requests that 16 callers get together who lease 7 of 100 twice each. */
  private int takenInARace(String partition, Duration window) throws InterruptedException {
    return Race.among(
            Collections.nCopies(
                16,
                (Callable<Integer>)
                    () ->
                        lease(partition, 7, 100, window).granted()
                            + lease(partition, 7, 100, window).granted()))
        .stream()
        .mapToInt(Integer::intValue)
        .sum();
  }

  private static String partition() {
    return "client " + UUID.randomUUID();
  }

  private static int[] counts(RequestLease lease) {
    return new int[] {lease.granted(), lease.left()};
  }
}
