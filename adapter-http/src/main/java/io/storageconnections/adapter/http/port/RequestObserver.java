package io.storageconnections.adapter.http.port;

/**
 * Is told of each request when it has ended, for example to log or to count it. The server tells it
 * of every request whose first line it could read or had to refuse, also of those that match no
 * route. Safe for use by several threads.
 */
@FunctionalInterface
public interface RequestObserver {

  /**
   * Takes note of a request. The server calls it once for each request, on the thread that has
   * served the request, after the last byte of the answer was sent. The client can therefore have
   * the answer before the observer is called. The next request on the same connection waits for the
   * end of this call, so it must not block. If it throws, the server logs the exception and goes
   * on.
   *
   * @param request the request that has ended
   */
  void answered(AnsweredRequest request);
}
