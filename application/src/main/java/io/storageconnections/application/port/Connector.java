package io.storageconnections.application.port;

import io.storageconnections.domain.run.AttemptOutcome;
import java.time.Duration;
import java.util.Optional;

/** Synchronizes a file to an iModel. Thread-safe: several attempts may be in progress. */
public interface Connector {

  /**
   * Attempts to synchronize a file. The call returns when the attempt has ended, and nothing of it
   * continues: no thread, no process and no temporary file.
   *
   * <p>The connector calls {@link AttemptControl#await} whenever it waits, at least every second,
   * and stops as soon as it returns true.
   *
   * @param attempt what to synchronize
   * @param control tells when to stop, and receives what the connector prints
   * @return how the attempt ended; empty if the connector stopped because {@code control} told it
   *     to
   * @throws InterruptedException if the thread is interrupted; the connector has stopped
   */
  Optional<AttemptOutcome> attempt(Attempt attempt, AttemptControl control)
      throws InterruptedException;

  /**
   * {@return the time limit of an attempt with this connector; empty for the limit of the service}
   */
  default Optional<Duration> timeLimit() {
    return Optional.empty();
  }
}
