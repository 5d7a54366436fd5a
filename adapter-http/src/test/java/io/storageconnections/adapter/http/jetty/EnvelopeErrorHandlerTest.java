package io.storageconnections.adapter.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.bucket4j.TimeMeter;
import io.javalin.http.HandlerType;
import io.storageconnections.adapter.http.BoundSocket;
import io.storageconnections.adapter.http.RouteGroup;
import io.storageconnections.adapter.http.TestServer;
import io.storageconnections.adapter.http.fixture.TestIssuer;
import io.storageconnections.adapter.http.ratelimit.RateLimit;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The answers to requests that fail outside of Javalin. */
final class EnvelopeErrorHandlerTest {

  @Test
  void answer_that_jetty_cannot_send_is_500_and_its_cause_is_logged_once() throws IOException {
    RouteGroup routes =
        (all, pipeline) ->
            all.add(
                HandlerType.GET,
                "/large-header",
                pipeline.anonymous(ctx -> ctx.header("X-Large", "x".repeat(100_000))));
    var log = new ListAppender<ILoggingEvent>();
    var logger = (Logger) LoggerFactory.getLogger("io.storageconnections");
    log.start();
    logger.addAppender(log);
    try (var server =
        TestServer.withDevelopmentRoutes(
            BoundSocket.on("127.0.0.1", 0),
            new TestIssuer(),
            new RateLimit(5000, TimeMeter.SYSTEM_NANOTIME),
            List.of(routes),
            List.of())) {
      assertThat(server.raw("GET /large-header HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 500 ")
          .contains("InternalServerError");
    } finally {
      logger.detachAppender(log);
    }
    assertThat(log.list)
        .singleElement()
        .satisfies(event -> {
          assertThat(event.getLevel()).isEqualTo(Level.ERROR);
          assertThat(event.getThrowableProxy()).isNotNull();
        });
  }
}
