package io.storageconnections.adapter.http.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.storageconnections.adapter.http.pipeline.WaitingRequests.Polled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(50)
final class WaitingRequestsTest {

  private static final Duration LONG = Duration.ofHours(1);

  private final WaitingRequests requests = new WaitingRequests();
  private final AtomicInteger reads = new AtomicInteger();

  @Test
  void state_is_read_until_it_is_the_expected_one() {
    assertThat(requests.poll(reads::incrementAndGet, number -> number == 3, LONG))
        .isEqualTo(new Polled<>(3, true));
  }

  @Test
  void state_is_read_again_after_the_time() {
    assertThat(requests.poll(reads::incrementAndGet, number -> false, Duration.ofMillis(1)))
        .isEqualTo(new Polled<>(2, true));
  }

  @Test
  void failed_read_ends_the_wait() {
    assertThatThrownBy(() ->
            requests.poll(
                () -> {
                  if (reads.incrementAndGet() == 2) {
                    throw new IllegalStateException("the second read");
                  }
                  return reads.get();
                },
                number -> false,
                LONG))
        .hasMessage("the second read");
  }

  @Test
  void interrupt_ends_the_wait() {
    Thread.currentThread().interrupt();
    requests.poll(reads::incrementAndGet, number -> false, LONG);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void request_does_not_wait_while_the_greatest_number_of_requests_does() throws Exception {
    var allWait = new CountDownLatch(WaitingRequests.REQUESTS_MAX);
    try (var threads = Executors.newCachedThreadPool()) {
      var waiting = new ArrayList<Future<Polled<Integer>>>();
      for (int i = 0; i < WaitingRequests.REQUESTS_MAX; i++) {
        waiting.add(
            threads.submit(
                () -> requests.poll(new SecondRead(allWait)::read, number -> false, LONG)));
      }
      assertThat(allWait.await(40, TimeUnit.SECONDS)).isTrue();
      assertThat(requests.poll(reads::incrementAndGet, number -> false, LONG))
          .isEqualTo(new Polled<>(1, false));
      assertThat(requests.poll(reads::incrementAndGet, number -> true, LONG))
          .isEqualTo(new Polled<>(2, true));
      requests.release();
      for (var each : waiting) {
        assertThat(each.get().isTimeApplied()).isTrue();
      }
    }
    assertThat(requests.poll(reads::incrementAndGet, number -> false, LONG))
        .as("there is room again, and a request does not wait after the release")
        .isEqualTo(new Polled<>(3, true));
  }

  /** Counts down with the second read, which a request makes only while it waits. */
  private static final class SecondRead {

    private final CountDownLatch latch;
    private int reads;

    SecondRead(CountDownLatch latch) {
      this.latch = latch;
    }

    int read() {
      reads++;
      if (reads == 2) {
        latch.countDown();
      }
      return reads;
    }
  }
}
