package io.storageconnections.adapter.connectors.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.storageconnections.application.contract.RecordingControl;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class SourceReaderTest {

  private final RecordingControl control = new RecordingControl();
  private final CountDownLatch silent = new CountDownLatch(1);
  private final AtomicBoolean hasEnded = new AtomicBoolean();

  /** Reads from a Storage that sends nothing. */
  private String readSilence(Runnable begun) throws InterruptedException {
    begun.run();
    try {
      silent.await();
      return "content";
    } finally {
      hasEnded.set(true);
    }
  }

  @Test
  void the_result_is_that_of_the_reading() throws Exception {
    assertThat(SourceReader.read(() -> "content", control)).contains("content");
  }

  @Test
  void an_attempt_that_must_stop_does_not_wait_for_a_silent_Storage() throws Exception {
    assertThat(SourceReader.read(() -> readSilence(control::stop), control)).isEmpty();
    assertThat(hasEnded).isTrue();
  }

  @Test
  void an_attempt_that_must_stop_has_no_result() throws Exception {
    var result =
        SourceReader.read(
            () -> {
              control.stop();
              return "content";
            },
            control);
    assertThat(result).isEmpty();
  }

  @Test
  void an_interrupted_attempt_ends_the_reading() {
    var attempt = Thread.currentThread();
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> SourceReader.read(() -> readSilence(attempt::interrupt), control));
    assertThat(hasEnded).isTrue();
  }

  @Test
  void an_exception_of_the_reading_is_the_cause_of_a_defect() {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() ->
            SourceReader.read(
                () -> {
                  throw new IOException("reset");
                },
                control))
        .withMessageContaining("reset");
  }
}
