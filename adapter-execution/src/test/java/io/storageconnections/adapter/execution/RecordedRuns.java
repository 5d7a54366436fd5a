package io.storageconnections.adapter.execution;

import io.storageconnections.application.run.ExecuteRun;
import io.storageconnections.domain.run.RunKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Executes runs as a test says, and records which worker had which run. Thread-safe. */
final class RecordedRuns implements ExecuteRun {

  /** Runs that a worker has at this moment. */
  private final Set<RunKey> executing = ConcurrentHashMap.newKeySet();

  private final Map<RunKey, List<Worker>> workers = new ConcurrentHashMap<>();
  private final List<RunKey> order = new CopyOnWriteArrayList<>();
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final AtomicInteger interruptions = new AtomicInteger();
  private final ExecuteRun behavior;

  RecordedRuns(ExecuteRun behavior) {
    this.behavior = behavior;
  }

  @Override
  public Next execute(RunKey run, Worker worker) throws InterruptedException {
    if (!executing.add(run)) {
      violations.add("two workers had " + run);
    }
    var before = workers.computeIfAbsent(run, key -> new CopyOnWriteArrayList<>());
    if (!before.isEmpty() && before.getLast().fence() >= worker.fence()) {
      violations.add("the fence did not rise: " + before.getLast() + ", " + worker);
    }
    before.add(worker);
    order.add(run);
    try {
      return behavior.execute(run, worker);
    } catch (InterruptedException interrupted) {
      interruptions.incrementAndGet();
      throw interrupted;
    } finally {
      executing.remove(run);
    }
  }

  /** The workers that had the run, in this order. */
  List<Worker> workersOf(RunKey run) {
    return workers.getOrDefault(run, List.of());
  }

  /** The runs in the order in which workers began. */
  List<RunKey> order() {
    return order;
  }

  int executingNow() {
    return executing.size();
  }

  /** How many workers were interrupted while they had a run. */
  int interruptions() {
    return interruptions.get();
  }

  List<String> violations() {
    return violations;
  }

  /** Waits until the lease ends, then puts the run back. */
  static Next untilStopped(Worker worker) throws InterruptedException {
    while (!worker.lease().mustStop()) {
      Thread.sleep(2);
    }
    return new Requeue(Instant.EPOCH);
  }
}
