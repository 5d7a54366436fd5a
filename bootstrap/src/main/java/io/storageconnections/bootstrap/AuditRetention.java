package io.storageconnections.bootstrap;

import io.storageconnections.application.audit.RemoveExpiredAudit;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes audit trails that are kept no longer: when the server has started, and once a day. It has
 * a thread of its own, so that neither the start nor a request waits for it. Several nodes may do
 * the same at the same time. Thread-safe.
 */
final class AuditRetention implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AuditRetention.class);

  private static final Duration EVERY = Duration.ofDays(1);

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  private final RemoveExpiredAudit removal;
  private final Duration every;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(AuditRetention::newThread);
  private volatile boolean isClosing;

  AuditRetention(RemoveExpiredAudit removal) {
    this(removal, EVERY);
  }

  /**
   * Creates the object of one server.
   *
   * @param every the time between the end of one removal and the begin of the next
   */
  AuditRetention(RemoveExpiredAudit removal, Duration every) {
    this.removal = removal;
    this.every = every;
  }

  private static Thread newThread(Runnable work) {
    var thread = new Thread(work, "audit-retention");
    thread.setDaemon(true);
    return thread;
  }

  /** Begins the work. Call it once, when the server accepts requests. */
  void start() {
    var unused =
        thread.scheduleWithFixedDelay(this::remove, 0, every.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void remove() {
    try {
      while (!isClosing && removal.remove() == RemoveExpiredAudit.ENTRIES_MAX) {
        LOG.info("Removed {} entries of the audit trail", RemoveExpiredAudit.ENTRIES_MAX);
      }
    } catch (RuntimeException failure) {
      if (!isClosing) {
        LOG.warn(
            "Expired audit trails cannot be removed now; the next attempt is in {}",
            every,
            failure);
      }
    }
  }

  /**
   * Ends the work, and waits up to ten seconds for a removal in progress. It is not interrupted,
   * because H2 would close its file. A second call has no effect.
   */
  @Override
  public void close() {
    isClosing = true;
    thread.shutdown();
    try {
      if (!thread.awaitTermination(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("The removal of audit trails did not end in time; the next start continues it");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
