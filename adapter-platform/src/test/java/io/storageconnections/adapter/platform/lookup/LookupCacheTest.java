package io.storageconnections.adapter.platform.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.storageconnections.adapter.platform.exchange.Deadline;
import io.storageconnections.application.port.DirectoryException;
import io.storageconnections.application.port.DirectoryException.Reason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class LookupCacheTest {

  private static final String NEGATIVE = "";

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong nanos = new AtomicLong();
  private final LookupCache<String, String> cache = cache(Duration.ofSeconds(10));
  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch gate = new CountDownLatch(1);

  @AfterEach
  void close() {
    gate.countDown();
    threads.shutdownNow();
  }

  @Test
  void concurrent_look_ups_of_one_key_are_one_request() {
    var first = cache.begin("key", this::countAtTheGate, later());
    var second = cache.begin("key", this::countAtTheGate, later());
    gate.countDown();
    assertThat(first.await()).isEqualTo("answer 1");
    assertThat(second.await()).isEqualTo("answer 1");
  }

  @Test
  void look_ups_of_different_keys_are_different_requests() {
    gate.countDown();
    assertThat(cache.begin("key", this::countAtTheGate, later()).await()).isEqualTo("answer 1");
    assertThat(cache.begin("other", this::countAtTheGate, later()).await()).isEqualTo("answer 2");
  }

  @Test
  void an_interrupted_caller_does_not_fail_the_request_of_another() {
    var first = cache.begin("key", this::countAtTheGate, later());
    var second = cache.begin("key", this::countAtTheGate, later());
    Thread.currentThread().interrupt();
    assertThatThrownBy(first::await)
        .isInstanceOfSatisfying(
            DirectoryException.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE))
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
    gate.countDown();
    assertThat(second.await()).isEqualTo("answer 1");
  }

  @Test
  void a_caller_does_not_wait_longer_than_the_own_deadline() {
    var first = cache.begin("key", this::countAtTheGate, later());
    var second = cache.begin("key", this::countAtTheGate, Deadline.after(Duration.ofMillis(50)));
    assertThatThrownBy(second::await)
        .isInstanceOf(DirectoryException.class)
        .hasMessageContaining("did not answer in time");
    gate.countDown();
    assertThat(first.await()).isEqualTo("answer 1");
  }

  @Test
  void the_time_out_of_one_caller_is_not_that_of_another_who_began_later() {
    Function<Deadline, String> slowFirst =
        deadline -> {
          if (requests.incrementAndGet() == 1) {
            awaitEnd(deadline);
            throw new DirectoryException(Reason.UNAVAILABLE, "too slow", null, null);
          }
          return "answer";
        };
    var first = cache.begin("key", slowFirst, Deadline.after(Duration.ofMillis(50)));
    var second = cache.begin("key", slowFirst, later());
    assertThatThrownBy(first::await).isInstanceOf(DirectoryException.class);
    assertThat(second.await()).isEqualTo("answer");
    assertThat(requests).hasValue(2);
  }

  @Test
  void a_failure_reaches_all_callers_of_the_request_and_is_not_kept() {
    Function<Deadline, String> failing =
        deadline -> {
          requests.incrementAndGet();
          awaitGate();
          throw new DirectoryException(Reason.BUSY, "busy", Duration.ofSeconds(7), null);
        };
    var first = cache.begin("key", failing, later());
    var second = cache.begin("key", failing, later());
    gate.countDown();
    for (var caller : List.of(first, second)) {
      assertThatThrownBy(caller::await)
          .isInstanceOfSatisfying(
              DirectoryException.class,
              failure -> {
                assertThat(failure.reason()).isEqualTo(Reason.BUSY);
                assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
              })
          .hasMessage("busy");
    }
    assertThat(requests).hasValue(1);
    assertThat(cache.begin("key", deadline -> "answer", later()).await()).isEqualTo("answer");
  }

  @Test
  void a_defect_in_a_request_is_reported_as_a_defect() {
    var lookup =
        cache.begin(
            "key",
            deadline -> {
              throw new UnsupportedOperationException("planted");
            },
            later());
    assertThatThrownBy(lookup::await)
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("planted");
  }

  @Test
  void a_positive_result_is_kept_for_the_duration() {
    gate.countDown();
    assertThat(cache.begin("key", this::countAtTheGate, later()).await()).isEqualTo("answer 1");
    nanos.addAndGet(Duration.ofSeconds(10).toNanos() - 1);
    assertThat(cache.begin("key", this::countAtTheGate, later()).await()).isEqualTo("answer 1");
    nanos.incrementAndGet();
    assertThat(cache.begin("key", this::countAtTheGate, later()).await()).isEqualTo("answer 2");
  }

  @Test
  void a_negative_result_is_kept_for_a_fifth_of_the_duration() {
    assertThat(cache.begin("key", deadline -> NEGATIVE, later()).await()).isEqualTo(NEGATIVE);
    nanos.addAndGet(Duration.ofSeconds(2).toNanos() - 1);
    assertThat(cache.begin("key", deadline -> "new", later()).await()).isEqualTo(NEGATIVE);
    nanos.incrementAndGet();
    assertThat(cache.begin("key", deadline -> "new", later()).await()).isEqualTo("new");
  }

  @Test
  void without_a_duration_no_result_is_kept() {
    var none = cache(Duration.ZERO);
    gate.countDown();
    assertThat(none.begin("key", this::countAtTheGate, later()).await()).isEqualTo("answer 1");
    assertThat(none.begin("key", this::countAtTheGate, later()).await()).isEqualTo("answer 2");
  }

  @Test
  void a_look_up_after_the_end_fails() {
    threads.shutdownNow();
    var lookup = cache.begin("key", deadline -> "answer", later());
    assertThatThrownBy(lookup::await)
        .isInstanceOf(DirectoryException.class)
        .hasMessageContaining("not asked any more");
  }

  private LookupCache<String, String> cache(Duration duration) {
    return new LookupCache<>(duration, NEGATIVE::equals, nanos::get, threads);
  }

  private String countAtTheGate(Deadline deadline) {
    var number = requests.incrementAndGet();
    awaitGate();
    return "answer " + number;
  }

  private void awaitGate() {
    try {
      gate.await();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitEnd(Deadline deadline) {
    while (!deadline.isOver()) {
      Thread.onSpinWait();
    }
  }

  private static Deadline later() {
    return Deadline.after(Duration.ofSeconds(60));
  }
}
