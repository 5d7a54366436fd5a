package io.storageconnections.adapter.http.error;

import io.storageconnections.application.port.StoreException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs failures of the store. Each failure is one line, with advice for the operator. The first
 * failure of each kind also has a stack trace, which is the same for all failures of that kind.
 * Thread-safe.
 */
public final class StoreFailureLog {

  private static final Logger LOG = LoggerFactory.getLogger(StoreFailureLog.class);

  /** Bounds the memory in case a store gives other advice with each failure. */
  private static final int KINDS_MAX = 100;

  private final Set<String> traced = ConcurrentHashMap.newKeySet();

  /** Logs one failure. */
  public void log(StoreException failure) {
    var line = line(failure);
    if (traced.size() < KINDS_MAX && traced.add(kind(failure))) {
      LOG.error("The store failed while {}", line, failure);
    } else {
      LOG.error("The store failed while {}", line);
    }
  }

  private static String line(StoreException failure) {
    var cause = rootCause(failure);
    var line = String.valueOf(failure.getMessage());
    return cause == failure ? line : line + " (" + firstLine(cause) + ")";
  }

  private static String kind(StoreException failure) {
    var advice = failure.advice();
    return failure.reason()
        + " "
        + (advice == null ? rootCause(failure).getClass().getName() : advice);
  }

  private static Throwable rootCause(Throwable failure) {
    var cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String firstLine(Throwable cause) {
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }
}
