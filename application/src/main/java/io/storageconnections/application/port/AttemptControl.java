package io.storageconnections.application.port;

import java.time.Duration;

/**
 * Tells a connector when to stop an attempt, and receives what it prints. For the thread of the
 * attempt, except {@link #print}, which is thread-safe.
 */
public interface AttemptControl {

  /**
   * Waits until the connector must stop, but not longer than {@code atMost}. The connector must
   * stop if the run is cancelled or deleted, the time limit is reached, the node shuts down, or the
   * node is about to lose the run to another node.
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
