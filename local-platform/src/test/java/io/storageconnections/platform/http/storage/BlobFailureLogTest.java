package io.storageconnections.platform.http.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.platform.application.port.BlobStore.BlobStoreException;
import io.storageconnections.platform.application.port.BlobStore.BlobStoreException.Reason;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BlobFailureLogTest {

  @Test
  void each_failure_is_one_line_and_the_first_for_each_reason_has_a_stack_trace() {
    var failures = new BlobFailureLog();
    try (var log = LogCapture.of(BlobFailureLog.class)) {
      for (int count = 0; count < 3; count++) {
        for (var reason : new Reason[] {Reason.FULL, Reason.FAILED}) {
          failures.log(
              new BlobStoreException(reason, "writing a blob", new IOException("no\nspace")));
        }
      }
      assertThat(log.lines())
          .hasSize(6)
          .allSatisfy(line ->
              assertThat(line).startsWith("ERROR").contains("writing a blob").doesNotContain("\n"));
      assertThat(log.lines().getLast()).endsWith("(no)");
      assertThat(log.events().stream().filter(event -> event.getThrowableProxy() != null))
          .hasSize(2);
    }
  }
}
