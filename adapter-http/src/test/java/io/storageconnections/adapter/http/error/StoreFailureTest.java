package io.storageconnections.adapter.http.error;

import static io.storageconnections.adapter.http.fixture.Wire.golden;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.storageconnections.adapter.http.TestServer;
import io.storageconnections.adapter.http.health.HealthEndpoints;
import io.storageconnections.application.port.StorageConnectionStore;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.port.StoreException.Reason;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** The answers to callers and the log for operators when the store fails. */
final class StoreFailureTest {

  @ParameterizedTest
  @CsvSource({
    "UNREACHABLE,503,The database does not answer.",
    "BUSY,503,The database is too busy.",
    "READ_ONLY,503,The database is read-only.",
    "DISK,503,'The service cannot use its disk, which may be full.'",
    "MISCONFIGURED,500,The service is not set up completely.",
    "DEFECT,500,Something went wrong here."
  })
  void transient_store_failure_is_503_and_a_permanent_one_is_500(
      Reason reason, int status, String message) {
    try (var server = TestServer.on(failing(reason, "advice for the operator"))) {
      var answer = server.create(golden("create-request"));
      assertThat(answer.statusCode()).isEqualTo(status);
      assertThat(answer.body()).contains(message).doesNotContain("advice", "secret");
      assertThat(answer.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503);
    }
  }

  @ParameterizedTest
  @EnumSource
  void readiness_check_is_503_and_contains_the_reason(Reason reason) {
    try (var server = TestServer.on(failing(reason, "advice for the operator"))) {
      var readiness = server.get("/health/ready");
      assertThat(readiness.statusCode()).isEqualTo(503);
      assertThat(readiness.body())
          .contains("\"code\":\"ServiceUnavailable\"")
          .contains(ErrorBody.storeFailed(reason).error().message());
      assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void each_store_failure_is_one_line_with_advice_and_each_kind_has_one_stack_trace() {
    var log = new ListAppender<ILoggingEvent>();
    var logger = (Logger) LoggerFactory.getLogger(StoreFailureLog.class);
    log.start();
    logger.addAppender(log);
    try {
      for (var advice : List.of("grant what is missing", "move it elsewhere")) {
        try (var server = TestServer.on(failing(Reason.MISCONFIGURED, advice))) {
          for (int i = 0; i < 3; i++) {
            server.create(golden("create-request"));
          }
        }
      }
    } finally {
      logger.detachAppender(log);
    }
    assertThat(log.list).hasSize(6).allMatch(event -> event.getLevel() == Level.ERROR);
    assertThat(log.list.subList(0, 3))
        .allSatisfy(event ->
            assertThat(event.getFormattedMessage())
                .contains("adding", "grant what is missing", "permission denied")
                .doesNotContain("\n"));
    assertThat(log.list.stream().filter(event -> event.getThrowableProxy() != null)).hasSize(2);
  }

  @Test
  void readiness_is_logged_when_its_reason_changes_and_when_it_returns() {
    var failure = new AtomicReference<@Nullable Reason>(Reason.UNREACHABLE);
    var log = new ListAppender<ILoggingEvent>();
    var loggers =
        Stream.of(StoreFailureLog.class, HealthEndpoints.class)
            .map(type -> (Logger) LoggerFactory.getLogger(type))
            .toList();
    log.start();
    loggers.forEach(logger -> {
      logger.addAppender(log);
      logger.setLevel(Level.INFO);
    });
    try (var server = TestServer.on(failingWhile(failure))) {
      for (var reason : Arrays.asList(Reason.UNREACHABLE, Reason.READ_ONLY, null)) {
        failure.set(reason);
        for (int i = 0; i < 3; i++) {
          assertThat(server.get("/health/ready").statusCode())
              .isEqualTo(reason == null ? 200 : 503);
        }
      }
    } finally {
      loggers.forEach(logger -> {
        logger.detachAppender(log);
        logger.setLevel(null);
      });
    }
    assertThat(log.list)
        .extracting(ILoggingEvent::getLevel)
        .containsExactly(Level.ERROR, Level.ERROR, Level.INFO);
  }

  private static StorageConnectionStore failingWhile(AtomicReference<@Nullable Reason> failure) {
    return (StorageConnectionStore)
        Proxy.newProxyInstance(
            StoreFailureTest.class.getClassLoader(),
            new Class<?>[] {StorageConnectionStore.class},
            (proxy, method, arguments) -> {
              var reason = failure.get();
              if (reason != null) {
                throw new StoreException(reason, "checking", "advice", null);
              }
              return null;
            });
  }

  private static StorageConnectionStore failing(Reason reason, String advice) {
    var cause = new SQLException("ERROR: permission denied\n  Position: secret", "42501");
    return (StorageConnectionStore)
        Proxy.newProxyInstance(
            StoreFailureTest.class.getClassLoader(),
            new Class<?>[] {StorageConnectionStore.class},
            (proxy, method, arguments) -> {
              throw new StoreException(reason, "adding", advice, cause);
            });
  }
}
