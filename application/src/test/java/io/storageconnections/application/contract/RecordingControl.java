package io.storageconnections.application.contract;

import io.storageconnections.application.port.Connector.AttemptControl;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells a connector to stop when a test wants it, and records what it prints. Thread-safe. */
public final class RecordingControl implements AttemptControl {

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final StringBuilder printed = new StringBuilder();

  /** Tells the connector to stop. */
  public void stop() {
    stopped.countDown();
  }

  /** Waits until the connector has asked for the first time; not longer than 20 seconds. */
  public boolean awaitQuestion() throws InterruptedException {
    return asked.await(20, TimeUnit.SECONDS);
  }

  /** Returns everything that the connector has printed. */
  public synchronized String printed() {
    return printed.toString();
  }

  @Override
  public boolean await(Duration atMost) throws InterruptedException {
    asked.countDown();
    return stopped.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public synchronized void print(String text) {
    printed.append(text);
  }
}
