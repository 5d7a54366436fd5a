package io.storageconnections.adapter.http.ratelimit;

/** Counts the requests of one partition, window after window. Thread-safe. */
public interface RequestCount {

  /** Counts one more request, unless it is one too many. */
  Standing take();

  /** How many more may be made in this window, as far as is known here. Nobody is asked. */
  long left();

  /**
   * How matters stand after a request.
   *
   * @param isAdmitted whether it was not one too many
   * @param left how many more may be made in this window, as far as is known here
   * @param nanosToReset in how long there will be all again
   */
  record Standing(boolean isAdmitted, long left, long nanosToReset) {}
}
