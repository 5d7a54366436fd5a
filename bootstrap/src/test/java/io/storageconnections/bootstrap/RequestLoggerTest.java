package io.storageconnections.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.storageconnections.adapter.http.port.AnsweredRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The line of the log for each request. */
final class RequestLoggerTest {

  private final RequestLogger observer = new RequestLogger();
  private final Logger logger = (Logger) LoggerFactory.getLogger(RequestLogger.NAME);
  private final ListAppender<ILoggingEvent> lines =
      new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent line) {
          // Otherwise the line would read the context of the log later, when it has changed.
          line.prepareForDeferredProcessing();
          super.append(line);
        }
      };

  @BeforeEach
  void listen() {
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void restore() {
    logger.detachAppender(lines);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  private static AnsweredRequest request(@Nullable String route, @Nullable String client) {
    return new AnsweredRequest(
        "GET", route, 200, Duration.ofNanos(12_900_000), client, "id-1", "4bf92f35");
  }

  @Test
  void line_has_method_route_status_time_and_client() {
    observer.answered(request("/a/{id}", "itwin-cli"));
    assertThat(lines.list)
        .singleElement()
        .satisfies(line -> {
          assertThat(line.getLevel()).isEqualTo(Level.INFO);
          assertThat(line.getFormattedMessage()).isEqualTo("GET /a/{id} 200 12ms client=itwin-cli");
          assertThat(line.getMDCPropertyMap())
              .containsEntry("correlationId", "id-1")
              .containsEntry("traceId", "4bf92f35");
          assertThat(line.getKeyValuePairs())
              .extracting(pair -> pair.key + "=" + pair.value)
              .containsExactlyInAnyOrder(
                  "method=GET",
                  "route=/a/{id}",
                  "status=200",
                  "durationMillis=12",
                  "client=itwin-cli");
        });
    assertThat(MDC.get("correlationId")).isNull();
  }

  @Test
  void line_without_route_and_client_says_so() {
    observer.answered(request(null, null));
    assertThat(lines.list)
        .singleElement()
        .extracting(ILoggingEvent::getFormattedMessage)
        .isEqualTo("GET - 200 12ms");
  }

  @Test
  void client_cannot_forge_another_line_or_value() {
    observer.answered(
        request(
            "/a",
            "x\r\n2026 ERROR \"y\" status=500\u001b[31m\u2028\u202e{}%s${env:HOME}"
                + "z".repeat(999)));
    assertThat(lines.list)
        .singleElement()
        .satisfies(line -> {
          assertThat(line.getFormattedMessage())
              .startsWith(
                  "GET /a 200 12ms client=x__2026_ERROR__y__status_500_[31m__{}%s${env:HOME}zz")
              .hasSizeLessThan(150);
        });
  }

  @Test
  void health_checks_are_lines_of_the_level_debug() {
    observer.answered(request("/health/live", null));
    observer.answered(request("/health/ready", null));
    assertThat(lines.list).isEmpty();
    logger.setLevel(Level.DEBUG);
    observer.answered(request("/health/live", null));
    assertThat(lines.list).hasSize(1);
  }

  @Test
  void logger_that_is_off_logs_nothing() {
    logger.setLevel(Level.OFF);
    observer.answered(request("/a", null));
    assertThat(lines.list).isEmpty();
  }
}
