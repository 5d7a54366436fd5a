package io.storageconnections.adapter.auth;

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
 * Logs why the keys of an issuer cannot be read, with all causes and what to do, in one line. Each
 * fault is logged once a minute, however many requests meet it. At DEBUG the stack trace comes with
 * it. Thread-safe.
 */
final class IssuerFaultLog {

  static final Duration REPEATED_AFTER = Duration.ofMinutes(1);

  /** The number of faults that are told apart; more of them in a minute are not logged. */
  private static final int FAULTS_MAX = 20;

  private static final Logger LOG = LoggerFactory.getLogger(IssuerFaultLog.class);

  private final Clock clock;
  private final Map<String, Instant> logged = new HashMap<>();

  IssuerFaultLog(Clock clock) {
    this.clock = clock;
  }

  /** Logs a fault that no caller notices so far. */
  void warn(String consequence, Throwable fault) {
    log(Level.WARN, consequence, fault);
  }

  /** Logs a fault that callers notice. */
  void error(String consequence, Throwable fault) {
    log(Level.ERROR, consequence, fault);
  }

  private void log(Level level, String consequence, Throwable fault) {
    var causes = LogText.causes(fault);
    if (isDue(level + causes)) {
      LOG.atLevel(level).log("{}. {}. {}", causes, consequence, advice(fault));
      LOG.debug("The trace of that fault", fault);
    }
  }

  private synchronized boolean isDue(String fault) {
    var now = clock.instant();
    logged
        .values()
        .removeIf(when -> !now.isBefore(when.plus(REPEATED_AFTER)) || now.isBefore(when));
    if (logged.containsKey(fault) || logged.size() >= FAULTS_MAX) {
      return false;
    }
    logged.put(fault, now);
    return true;
  }

  /** What the operator can do. */
  private static String advice(Throwable fault) {
    if (isCausedBy(fault, SSLException.class)) {
      return "Check that the issuer's certificate is valid for that host, and that this Java trusts"
          + " its authority (-Djavax.net.ssl.trustStore)";
    }
    if (isCausedBy(fault, UnknownHostException.class)
        || isCausedBy(fault, UnresolvedAddressException.class)) {
      return "Check the host in the issuer's URL, the name resolution of this machine, and the"
          + " proxy (-Dhttps.proxyHost), if one is needed";
    }
    if (isCausedBy(fault, ConnectException.class)
        || isCausedBy(fault, HttpTimeoutException.class)
        || isCausedBy(fault, TimeoutException.class)) {
      return "Check the issuer's URL, that the issuer runs, and that firewalls and the proxy"
          + " (-Dhttps.proxyHost) let this machine reach it";
    }
    return "Check the issuer's URL: the server needs its description and its keys as JSON, with"
        + " status 200 and without a redirect";
  }

  private static boolean isCausedBy(Throwable fault, Class<? extends Exception> kind) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
