package io.storageconnections.application.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.port.RequestAllowance;
import io.storageconnections.application.port.RequestAllowance.Lease;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every allowance promises to the nodes that share it. */
public interface RequestAllowanceContract {

  /** Longer than any test takes. */
  Duration LONG = Duration.ofMinutes(10);

  /** The allowance under test; each call within a test may be that of another node. */
  RequestAllowance allowance();

  @Test
  default void what_is_wanted_is_granted_until_nothing_is_left() {
    var partition = partition();
    assertThat(counts(allowance().lease(partition, 4, 10, LONG))).containsExactly(4, 6);
    assertThat(counts(allowance().lease(partition, 4, 10, LONG))).containsExactly(4, 2);
    assertThat(counts(allowance().lease(partition, 4, 10, LONG))).containsExactly(2, 0);
    assertThat(counts(allowance().lease(partition, 4, 10, LONG))).containsExactly(0, 0);
    assertThat(counts(allowance().lease(partition, 1, 10, LONG))).containsExactly(0, 0);
  }

  @Test
  default void more_than_the_limit_is_never_granted() {
    assertThat(counts(allowance().lease(partition(), 11, 10, LONG))).containsExactly(10, 0);
  }

  @Test
  default void each_partition_has_an_allowance_of_its_own() {
    allowance().lease(partition(), 10, 10, LONG);
    assertThat(counts(allowance().lease(partition(), 10, 10, LONG))).containsExactly(10, 0);
  }

  @Test
  default void any_text_is_a_partition() {
    var unique = partition();
    var endless = unique + "x".repeat(100_000);
    for (var text :
        List.of(unique + "\u0000'", unique + "é", unique + "É", endless, endless + "y")) {
      assertThat(counts(allowance().lease(text, 1, 2, LONG))).containsExactly(1, 1);
      assertThat(counts(allowance().lease(text, 1, 2, LONG))).containsExactly(1, 0);
    }
  }

  @Test
  default void whoever_wants_nothing_hears_how_matters_stand() {
    var partition = partition();
    assertThat(counts(allowance().lease(partition, 0, 10, LONG))).containsExactly(0, 10);
    allowance().lease(partition, 3, 10, LONG);
    assertThat(counts(allowance().lease(partition, 0, 10, LONG))).containsExactly(0, 7);
  }

  @Test
  default void all_hear_of_the_same_end() throws InterruptedException {
    var partition = partition();
    var first = allowance().lease(partition, 1, 10, LONG).ends();
    assertThat(first).isPositive().isLessThanOrEqualTo(LONG);
    TimeUnit.MILLISECONDS.sleep(20);
    // Half of the pause: the allowance may use another clock than this JVM, which may be adjusted.
    assertThat(allowance().lease(partition, 1, 10, LONG).ends())
        .isPositive()
        .isLessThanOrEqualTo(first.minusMillis(10));
  }

  @Test
  default void when_a_window_has_ended_all_is_left_again() throws InterruptedException {
    var partition = partition();
    var window = Duration.ofMillis(500);
    var end = System.nanoTime() + window.toNanos();
    assertThat(counts(allowance().lease(partition, 10, 10, window))).containsExactly(10, 0);
    var refused = allowance().lease(partition, 10, 10, window);
    // A machine that was busy for half a second has proven nothing, yet nothing wrong either.
    if (System.nanoTime() - end < 0) {
      assertThat(counts(refused)).containsExactly(0, 0);
    }
    assertThat(refused.ends()).isLessThanOrEqualTo(window);
    TimeUnit.NANOSECONDS.sleep(refused.ends().toNanos());
    var renewed = allowance().lease(partition, 4, 10, window);
    assertThat(counts(renewed)).containsExactly(4, 6);
    assertThat(renewed.ends()).isPositive().isLessThanOrEqualTo(window);
  }

  @Test
  default void all_who_ask_at_once_get_the_limit_together() throws InterruptedException {
    var partition = partition();
    assertThat(takenInARace(partition, LONG)).isEqualTo(100);
    assertThat(takenInARace(partition, LONG)).isZero();
  }

  @Test
  default void all_who_begin_a_new_window_at_once_get_the_limit_together()
      throws InterruptedException {
    var partition = partition();
    for (int turn = 0; turn < 5; turn++) {
      allowance().lease(partition, 100, 100, Duration.ofMillis(1));
      TimeUnit.MILLISECONDS.sleep(2);
      assertThat(takenInARace(partition, LONG)).isEqualTo(100);
      partition = partition();
    }
  }

  /** What 16 get who take 7 out of 100, each twice. */
  private int takenInARace(String partition, Duration window) throws InterruptedException {
    return Race.among(
            Collections.nCopies(
                16,
                (Callable<Integer>)
                    () ->
                        allowance().lease(partition, 7, 100, window).granted()
                            + allowance().lease(partition, 7, 100, window).granted()))
        .stream()
        .mapToInt(Integer::intValue)
        .sum();
  }

  private static String partition() {
    return "client " + UUID.randomUUID();
  }

  private static int[] counts(Lease lease) {
    return new int[] {lease.granted(), lease.left()};
  }
}
