package io.storageconnections.bootstrap;

import io.storageconnections.adapter.http.port.AnsweredRequest;
import io.storageconnections.adapter.http.port.RequestObserver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/**
 * Logs one line for each request. The text of the line is for people; its values are also key-value
 * pairs of the event, for a log in JSON. Thread-safe.
 */
final class RequestLogger implements RequestObserver {

  /** The name of the logger, by which a host can switch the lines off. */
  static final String NAME = "io.storageconnections.requests";

  private static final Logger LOG = LoggerFactory.getLogger(NAME);

  /** Health checks come every few seconds, and would hide the other lines. */
  private static final String HEALTH = "/health/";

  private static final int CLIENT_LENGTH_MAX = 100;

  @Override
  public void answered(AnsweredRequest request) {
    var route = request.route();
    var level = route != null && route.startsWith(HEALTH) ? Level.DEBUG : Level.INFO;
    if (!LOG.isEnabledForLevel(level)) {
      return;
    }
    var client = request.client() == null ? null : printable(request.client());
    var millis = request.duration().toMillis();
    var correlationIdBefore = put("correlationId", request.correlationId());
    var traceIdBefore = put("traceId", request.traceId());
    try {
      var line =
          LOG.atLevel(level)
              .addKeyValue("method", request.method())
              .addKeyValue("status", request.status())
              .addKeyValue("durationMillis", millis);
      if (route != null) {
        line = line.addKeyValue("route", route);
      }
      if (client != null) {
        line = line.addKeyValue("client", client);
      }
      line.log(
          "{} {} {} {}ms{}",
          request.method(),
          route == null ? "-" : route,
          request.status(),
          millis,
          client == null ? "" : " client=" + client);
    } finally {
      restore("correlationId", correlationIdBefore);
      restore("traceId", traceIdBefore);
    }
  }

  private static @Nullable String put(String key, @Nullable String value) {
    var before = MDC.get(key);
    restore(key, value);
    return before;
  }

  private static void restore(String key, @Nullable String value) {
    if (value == null) {
      MDC.remove(key);
    } else {
      MDC.put(key, value);
    }
  }

  /**
   * Returns the name of a client without white space, control characters and invisible characters,
   * so that it cannot look like another line or value of the log.
   */
  private static String printable(String client) {
    var text = new StringBuilder();
    client
        .codePoints()
        .limit(CLIENT_LENGTH_MAX)
        .forEach(c -> text.appendCodePoint(isPrintable(c) ? c : '_'));
    return text.toString();
  }

  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SPACE_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> codePoint != '"' && codePoint != '=';
    };
  }
}
