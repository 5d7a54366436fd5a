package io.storageconnections.platform.http.storage;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Records what some classes log, of every level. Thread-safe. */
final class LogCapture implements AutoCloseable {

  private final List<Logger> loggers;
  private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          events.add(event);
        }
      };

  private LogCapture(List<Logger> loggers) {
    this.loggers = loggers;
  }

  static LogCapture of(Class<?>... types) {
    var capture =
        new LogCapture(
            Stream.of(types).map(type -> (Logger) LoggerFactory.getLogger(type)).toList());
    capture.appender.start();
    capture.loggers.forEach(logger -> {
      logger.setLevel(Level.DEBUG);
      logger.addAppender(capture.appender);
    });
    return capture;
  }

  List<ILoggingEvent> events() {
    return events;
  }

  /** Returns each level with its message. */
  List<String> lines() {
    return events.stream()
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }

  @Override
  public void close() {
    loggers.forEach(logger -> {
      logger.detachAppender(appender);
      logger.setLevel(null);
    });
  }
}
