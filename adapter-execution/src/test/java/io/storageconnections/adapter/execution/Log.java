package io.storageconnections.adapter.execution;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Collects what is logged. */
final class Log implements AutoCloseable {

  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          events.add(event);
        }
      };

  Log() {
    appender.start();
    root.addAppender(appender);
  }

  /**
   * The warnings and errors of the engine and of db-scheduler, with {@code !} if they have a stack
   * trace.
   */
  List<String> complaints() {
    return events.stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .filter(event ->
            event.getLoggerName().startsWith("io.storageconnections")
                || event.getLoggerName().startsWith("com.github.kagkarlsson"))
        .map(event ->
            (event.getThrowableProxy() == null ? "" : "!")
                + event.getLevel()
                + " "
                + event.getFormattedMessage())
        .toList();
  }

  List<String> stackTraces() {
    return complaints().stream().filter(complaint -> complaint.startsWith("!")).toList();
  }

  @Override
  public void close() {
    root.detachAppender(appender);
    appender.stop();
  }
}
