package io.storageconnections.adapter.http.requestlog;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * The last requests to a server, with their answers. It is in memory only, and bounded by the
 * number of requests and by their size. Thread-safe; it holds its lock only while it adds, copies
 * or removes references.
 *
 * <p>It removes secrets when a caller reads it, not when a request ends, because that takes more
 * time than most requests, and few of them are ever read.
 */
public final class RequestLog {

  /** The number of requests that the log keeps. */
  public static final int REQUESTS_MAX = 1_000;

  /** The size of all requests and answers that the log keeps, in bytes. */
  public static final long BYTES_MAX = 8L * 1024 * 1024;

  private final Deque<Exchange> newestFirst = new ArrayDeque<>();
  private long bytes;

  /** Creates an empty log. */
  public RequestLog() {}

  /** Adds an exchange, and removes the oldest ones if the log has become too long. */
  synchronized void add(Exchange exchange) {
    newestFirst.addFirst(exchange);
    bytes += exchange.size();
    while (newestFirst.size() > REQUESTS_MAX || bytes > BYTES_MAX) {
      bytes -= newestFirst.removeLast().size();
    }
  }

  /** Removes every request. */
  public synchronized void clear() {
    newestFirst.clear();
    bytes = 0;
  }

  /** Returns the requests without their secrets, the newest first. */
  public Stream<LoggedRequest> newestFirst() {
    return copy().stream().map(LoggedRequest::of);
  }

  private synchronized List<Exchange> copy() {
    return List.copyOf(newestFirst);
  }
}
