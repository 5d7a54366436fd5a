package io.storageconnections.adapter.http.ratelimit;

/** Counts the requests of one partition in successive windows. Thread-safe. */
public interface RequestCount {

  /** Counts one request, unless it exceeds the limit. */
  RateLimitStatus take();

  /**
   * {@return the number of further requests in this window, as far as this node knows} It asks no
   * other node.
   */
  long left();
}
