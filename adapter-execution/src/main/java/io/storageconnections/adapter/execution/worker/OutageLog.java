package io.storageconnections.adapter.execution.worker;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs that the database does not answer: one line when the outage begins and one when it ends,
 * although several threads ask every second. At DEBUG the stack traces follow. Thread-safe.
 */
public final class OutageLog {

  private static final Logger LOG = LoggerFactory.getLogger(OutageLog.class);

  private final String node;
  private final AtomicBoolean outage = new AtomicBoolean();

  /**
   * Creates a log.
   *
   * @param node the name of the node
   */
  public OutageLog(String node) {
    this.node = node;
  }

  /** Records that the database did not answer. */
  public void failed(Exception failure) {
    if (outage.compareAndSet(false, true)) {
      LOG.warn(
          "Node {} does not reach the queue of runs and keeps trying: {}", node, causes(failure));
    }
    LOG.debug("The database did not answer", failure);
  }

  /** Records that the database answered. */
  public void answered() {
    if (outage.get() && outage.compareAndSet(true, false)) {
      LOG.info("Node {} reaches the queue of runs again", node);
    }
  }

  /** {@return whether the database did not answer last time} */
  boolean isOutage() {
    return outage.get();
  }

  /** {@return the failure and its causes in one line} */
  static String causes(Throwable failure) {
    var text = new StringBuilder(line(failure));
    for (var cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      text.append(": ").append(line(cause));
    }
    return text.toString();
  }

  private static String line(Throwable failure) {
    return failure.toString().replaceAll("\\s+", " ");
  }
}
