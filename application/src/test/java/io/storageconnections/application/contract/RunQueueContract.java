package io.storageconnections.application.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.port.RunQueue;
import org.junit.jupiter.api.Test;

/** The contract of every {@link RunQueue}, in every state of its workers. */
public interface RunQueueContract {

  /** Returns the queue under test. */
  RunQueue queue();

  @Test
  default void waking_never_fails_however_often() {
    var queue = queue();
    for (var times = 0; times < 1000; times++) {
      queue.wake();
    }
  }

  @Test
  default void a_thread_that_is_interrupted_can_wake_and_stays_interrupted() {
    var queue = queue();
    Thread.currentThread().interrupt();
    queue.wake();
    assertThat(Thread.interrupted()).isTrue();
  }
}
