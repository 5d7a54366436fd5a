package io.storageconnections.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.audit.RemoveExpiredAudit;
import io.storageconnections.application.port.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a server removes audit trails, and what ends it. */
@Timeout(60)
final class AuditRetentionTest {

  private static final Duration NEVER_AGAIN = Duration.ofDays(1);

  @Test
  void removal_is_repeated_also_after_a_failure() throws InterruptedException {
    var calls = new LinkedBlockingQueue<String>();
    RemoveExpiredAudit failing =
        () -> {
          calls.add(Thread.currentThread().getName());
          throw new StoreException("removing entries", new IOException("killed"));
        };
    try (var retention = new AuditRetention(failing, Duration.ofMillis(1))) {
      retention.start();
      for (int i = 0; i < 3; i++) {
        assertThat(calls.poll(30, TimeUnit.SECONDS)).isEqualTo("audit-retention");
      }
    }
  }

  @Test
  void many_entries_are_removed_at_once() throws InterruptedException {
    var left = new CountDownLatch(3);
    RemoveExpiredAudit removal =
        () -> {
          left.countDown();
          return left.getCount() == 0 ? 1 : RemoveExpiredAudit.ENTRIES_MAX;
        };
    try (var retention = new AuditRetention(removal, NEVER_AGAIN)) {
      retention.start();
      assertThat(left.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void close_waits_for_the_removal_in_progress_and_does_not_interrupt_it()
      throws InterruptedException {
    var begun = new CountDownLatch(1);
    var wasInterrupted = new AtomicBoolean();
    RemoveExpiredAudit endless =
        () -> {
          begun.countDown();
          wasInterrupted.compareAndSet(false, Thread.interrupted());
          return RemoveExpiredAudit.ENTRIES_MAX;
        };
    try (var retention = new AuditRetention(endless, NEVER_AGAIN)) {
      retention.start();
      assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(wasInterrupted).isFalse();
  }
}
