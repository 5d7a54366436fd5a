package io.storageconnections.application.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Lets many run off at the same moment and gathers what each of them got. */
public final class Race {

  private Race() {}

  /**
   * Runs all of {@code runners} at once, each in a thread of its own, and returns their results in
   * the same order. Nobody starts before all are at the line.
   *
   * @throws AssertionError if one of them throws
   */
  public static <T> List<T> among(List<? extends Callable<T>> runners) throws InterruptedException {
    var start = new CyclicBarrier(runners.size());
    var running = new ArrayList<Future<T>>();
    try (var threads = Executors.newFixedThreadPool(runners.size())) {
      for (var runner : runners) {
        running.add(
            threads.submit(() -> {
              start.await();
              return runner.call();
            }));
      }
      var results = new ArrayList<T>();
      for (var runner : running) {
        results.add(runner.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new AssertionError("a runner failed", e.getCause());
    }
  }
}
