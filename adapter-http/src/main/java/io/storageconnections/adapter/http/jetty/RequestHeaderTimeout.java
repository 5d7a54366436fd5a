package io.storageconnections.adapter.http.jetty;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections whose request header does not arrive within a timeout. Jetty itself closes
 * only connections on which no byte arrives, so a client could keep a connection open for ever by
 * sending a byte from time to time (a "slowloris" attack).
 */
public final class RequestHeaderTimeout extends AbstractLifeCycle {

  private static final Logger LOG = LoggerFactory.getLogger(RequestHeaderTimeout.class);

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final ServerConnector connector;
  private final Duration timeout;
  private volatile Scheduler.@Nullable Task next;

  /**
   * Creates the timeout of one connector.
   *
   * @param timeout the longest time from the first byte of a header to its last
   */
  public RequestHeaderTimeout(ServerConnector connector, Duration timeout) {
    this.connector = connector;
    this.timeout = timeout;
  }

  @Override
  protected void doStart() {
    schedule();
  }

  @Override
  protected void doStop() {
    var task = next;
    if (task != null) {
      task.cancel();
    }
  }

  private void schedule() {
    next =
        connector
            .getScheduler()
            .schedule(this::closeSlowConnections, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void closeSlowConnections() {
    try {
      connector.getConnectedEndPoints().stream().filter(this::isSlow).forEach(EndPoint::close);
    } catch (RuntimeException e) {
      LOG.warn("Slow connections were not closed", e);
    }
    if (isRunning()) {
      schedule();
    }
  }

  private boolean isSlow(EndPoint endPoint) {
    if (!(endPoint.getConnection() instanceof HttpConnection connection)) {
      return false;
    }
    var parser = connection.getParser();
    return parser.inHeaderState()
        && !parser.isStart()
        && NanoTime.since(parser.getBeginNanoTime()) > timeout.toNanos();
  }
}
