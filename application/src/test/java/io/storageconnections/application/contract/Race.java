package io.storageconnections.application.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs several operations concurrently and collects their results. */
public final class Race {

  private Race() {}

  /**
   * Runs all operations concurrently, each in its own thread, and returns their results in the same
   * order. No operation starts before all threads are ready.
   *
   * @throws AssertionError if an operation throws
   */
  public static <T> List<T> among(List<? extends Callable<T>> operations)
      throws InterruptedException {
    var start = new CyclicBarrier(operations.size());
    var running = new ArrayList<Future<T>>();
    try (var threads = Executors.newFixedThreadPool(operations.size())) {
      for (var operation : operations) {
        running.add(
            threads.submit(() -> {
              start.await();
              return operation.call();
            }));
      }
      var results = new ArrayList<T>();
      for (var operation : running) {
        results.add(operation.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new AssertionError("an operation failed", e.getCause());
    }
  }
}
