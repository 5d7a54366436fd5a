package io.storageconnections.adapter.connectors.source;

import io.storageconnections.application.port.Connector.AttemptControl;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads the content of a file on a thread of its own. Storage may be silent for a long time, and an
 * attempt that must stop does not wait for it.
 */
public final class SourceReader {

  /** The time between two questions whether the attempt must stop. */
  private static final long PAUSE_MILLIS = 20;

  private SourceReader() {}

  /**
   * Reads a content. When the call returns, the reading has ended.
   *
   * @param reading reads the content; ends soon after its thread is interrupted
   * @param control tells when to stop
   * @return the result; empty if the attempt must stop
   * @throws InterruptedException if the thread of the attempt is interrupted
   * @throws IllegalStateException if {@code reading} throws an exception
   */
  public static <T> Optional<T> read(Callable<T> reading, AttemptControl control)
      throws InterruptedException {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        var result = executor.submit(reading);
        while (!control.await(Duration.ZERO)) {
          try {
            var read = result.get(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            // An attempt that must stop has not failed because Storage was silent for long.
            return control.await(Duration.ZERO) ? Optional.empty() : Optional.of(read);
          } catch (TimeoutException unfinished) {
            // The attempt may have to stop meanwhile.
          }
        }
        return Optional.empty();
      } catch (ExecutionException failed) {
        throw new IllegalStateException(failed.getCause());
      } finally {
        executor.shutdownNow();
      }
    }
  }
}
