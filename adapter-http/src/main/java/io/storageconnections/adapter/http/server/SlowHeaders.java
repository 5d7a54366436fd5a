package io.storageconnections.adapter.http.server;

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
 * Closes connections whose request header takes too long to arrive. Jetty closes those on which
 * nothing arrives, but a client that sends a byte now and then would keep its connection for ever.
 */
public final class SlowHeaders extends AbstractLifeCycle {

  private static final Logger LOG = LoggerFactory.getLogger(SlowHeaders.class);

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final ServerConnector connector;
  private final Duration timeout;
  private volatile Scheduler.@Nullable Task next;

  /**
   * The slow headers of one connector.
   *
   * @param timeout from the first byte of a header to its last
   */
  public SlowHeaders(ServerConnector connector, Duration timeout) {
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
    next = connector.getScheduler().schedule(this::run, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void run() {
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
