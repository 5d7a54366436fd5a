package io.storageconnections.adapter.http.port;

/** Is told of each request that the rate limit counts. Thread-safe. */
@FunctionalInterface
public interface RateLimitObserver {

  /**
   * Takes note of a request. Must not block, and throws nothing.
   *
   * @param isAdmitted whether the request is within the limit; otherwise the server answers 429
   */
  void counted(boolean isAdmitted);
}
