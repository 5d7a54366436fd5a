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

  /**
   * Tells a connector when to stop an attempt, and receives what it prints. For the thread of the
   * attempt, except {@link #print}, which is thread-safe.
   */
  interface AttemptControl {

    /**
     * Waits until the connector must stop, but not longer than {@code atMost}. The connector must
     * stop if the run is cancelled or deleted, the time limit is reached, the node shuts down, or
     * the node is about to lose the run to another node.
     *
     * @param atMost the greatest time to wait; zero only to ask
     * @return whether the connector must stop
     * @throws InterruptedException if the thread is interrupted
     */
    boolean await(Duration atMost) throws InterruptedException;

    /**
     * Adds text to the output of the attempt, of which the last part is kept.
     *
     * @param text the text; U+0000 and lone surrogates become U+FFFD
     */
    void print(String text);
  }
}
