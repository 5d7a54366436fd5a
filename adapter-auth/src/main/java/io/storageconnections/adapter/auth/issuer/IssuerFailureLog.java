package io.storageconnections.adapter.auth.issuer;

import io.storageconnections.adapter.auth.log.LogText;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Logs why the server cannot read the keys of an issuer: all causes, the consequence, and advice
 * for the operator, in one line. Each failure is logged once a minute, however many requests meet
 * it. At DEBUG the stack trace follows. Thread-safe.
 */
public final class IssuerFailureLog {

  /** The time after which a failure is logged again. */
  public static final Duration REPEATED_AFTER = Duration.ofMinutes(1);

  /** The number of different failures that are logged per minute. */
  private static final int FAILURES_MAX = 20;

  private static final Logger LOG = LoggerFactory.getLogger(IssuerFailureLog.class);

  private final Clock clock;
  private final Map<String, Instant> logged = new HashMap<>();

  IssuerFailureLog(Clock clock) {
    this.clock = clock;
  }

  /** Logs a failure that does not affect callers yet. */
  void warn(String consequence, Throwable failure) {
    log(Level.WARN, consequence, failure);
  }

  /** Logs a failure that affects callers. */
  void error(String consequence, Throwable failure) {
    log(Level.ERROR, consequence, failure);
  }

  private void log(Level level, String consequence, Throwable failure) {
    var causes = LogText.causeChain(failure);
    if (isDue(level + causes)) {
      LOG.atLevel(level).log("{}. {}. {}", causes, consequence, advice(failure));
      LOG.debug("The stack trace of that failure", failure);
    }
  }

  private synchronized boolean isDue(String failure) {
    var now = clock.instant();
    logged
        .values()
        .removeIf(when -> !now.isBefore(when.plus(REPEATED_AFTER)) || now.isBefore(when));
    if (logged.containsKey(failure) || logged.size() >= FAILURES_MAX) {
      return false;
    }
    logged.put(failure, now);
    return true;
  }

  private static String advice(Throwable failure) {
    if (isCausedBy(failure, SSLException.class)) {
      return "Check that the issuer's certificate is valid for that host, and that this Java trusts"
          + " its authority (-Djavax.net.ssl.trustStore)";
    }
    if (isCausedBy(failure, UnknownHostException.class)
        || isCausedBy(failure, UnresolvedAddressException.class)) {
      return "Check the host in the issuer's URL, the name resolution of this machine, and the"
          + " proxy (-Dhttps.proxyHost), if one is needed";
    }
    if (isCausedBy(failure, ConnectException.class)
        || isCausedBy(failure, HttpTimeoutException.class)
        || isCausedBy(failure, TimeoutException.class)) {
      return "Check the issuer's URL, that the issuer runs, and that firewalls and the proxy"
          + " (-Dhttps.proxyHost) let this machine reach it";
    }
    return "Check the issuer's URL: the server needs its description and its keys as JSON, with"
        + " status 200 and without a redirect";
  }

  private static boolean isCausedBy(Throwable failure, Class<? extends Exception> kind) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
