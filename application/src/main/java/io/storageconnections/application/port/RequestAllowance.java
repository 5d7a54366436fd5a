package io.storageconnections.application.port;

import java.time.Duration;

/**
 * How many requests each partition (a client, or an address) may still make, counted for all nodes
 * together. A node takes several at a time and asks again when they are used up; what it took is
 * its own, used or not. Safe for use by several threads and several nodes.
 */
public interface RequestAllowance {

  /**
   * Takes some of the requests that {@code partition} may make in its current window. A window
   * begins when somebody asks and none is running. All that is granted in one, to whomever, is
   * {@code limit} at most.
   *
   * @param partition any text
   * @param wanted how many to take, 0 or more; 0 to hear how matters stand
   * @param limit how many there are in each window, 1 or more; the same for all who ask
   * @param window how long each lasts, more than nothing; the same for all who ask
   * @return what was taken, which may be nothing
   * @throws StoreException if it cannot be known; whatever was taken then is lost until the window
   *     ends
   */
  Lease lease(String partition, int wanted, int limit, Duration window);

  /**
   * What was taken.
   *
   * @param granted how many: as many as were wanted, or all that were left
   * @param left how many are left for whoever asks next, 0 or more
   * @param ends in how long after the question, or later, the window is over
   */
  record Lease(int granted, int left, Duration ends) {}
}
