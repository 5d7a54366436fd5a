package io.storageconnections.adapter.execution;

import static io.storageconnections.adapter.execution.RecordedRuns.untilStopped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.storageconnections.application.run.ExecuteRun.Done;
import io.storageconnections.application.run.ExecuteRun.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** How engines close, on every database. */
abstract class RunEngineShutdownContracts extends RunEngineTimeContracts {

  @Test
  void waking_an_engine_that_is_not_started_or_closed_has_no_effect() {
    var runs = new RecordedRuns((run, worker) -> new Done());
    queue.enqueue(Queue.newRun());
    var engine = engine("a", runs).build();
    engine.wake();
    engine.close();
    engine.wake();
    engine.close();

    assertThat(queue.size()).isOne();
    assertThatThrownBy(engine::start).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void an_engine_that_closes_puts_its_runs_back_and_another_continues_them() {
    var runs =
        new RecordedRuns(
            (run, worker) -> worker.node().equals("a") ? untilStopped(worker) : new Done());
    var queued = Queue.newRuns(3);
    var lost = new LongAdder();
    var a = started(engine("a", runs).workers(4).onLeaseLost(lost::increment));
    queue.enqueueAll(queued);
    Await.until("all are executed", () -> runs.executingNow() == 3);

    a.close();

    assertThat(lost.sum()).isZero();
    assertThat(runs.interruptions()).isZero();
    assertThat(queue.size()).isEqualTo(3);
    assertThat(queue.picked()).isZero();
    started(engine("b", runs));
    awaitEmptyQueue();
    assertThat(runs.violations()).isEmpty();
    assertThat(queued)
        .allSatisfy(run ->
            assertThat(runs.workersOf(run))
                .extracting(Worker::node, Worker::fence)
                .containsExactly(tuple("a", 2L), tuple("b", 4L)));
  }

  @Test
  void an_engine_that_closes_interrupts_workers_that_do_not_stop_and_puts_their_runs_back() {
    var runs =
        new RecordedRuns((run, worker) -> {
          new CountDownLatch(1).await();
          return new Done();
        });
    var a = started(engine("a", runs).shutdownBound(Duration.ofMillis(400)));
    queue.enqueue(Queue.newRun());
    Await.until("the run is executed", () -> runs.executingNow() == 1);

    a.close();

    assertThat(runs.interruptions()).isOne();
    assertThat(queue.size()).isOne();
    assertThat(queue.picked()).isZero();
  }

  @Test
  void an_engine_that_was_closed_under_load_has_no_thread_and_no_run() {
    var runs =
        new RecordedRuns((run, worker) -> {
          Thread.sleep(1);
          return new Done();
        });
    var queued = Queue.newRuns(200);
    queue.enqueueAll(queued);
    var engines = new ArrayList<RunEngine>();
    for (var node : List.of("a", "b", "c")) {
      engines.add(started(engine(node, runs).workers(4)));
    }
    Await.until("many are executed", () -> runs.order().size() > 20);

    engines.forEach(RunEngine::close);

    assertThat(LiveThreads.ofEngines()).isEmpty();
    assertThat(queue.picked()).isZero();
    assertThat(queue.size()).isPositive();
    started(engine("d", runs).workers(4));
    awaitEmptyQueue();
    assertThat(runs.violations()).isEmpty();
    assertThat(queued).allSatisfy(run -> assertThat(runs.workersOf(run)).hasSize(1));
  }

  @Test
  void an_engine_that_picks_up_a_run_while_it_closes_puts_it_back() {
    var runs = new RecordedRuns((run, worker) -> new Done());
    queue.enqueueAll(Queue.newRuns(150));
    for (var closings = 1; closings <= 10 && queue.size() > 0; closings++) {
      var begun = 10 * closings;
      var engine = started(engine("a", runs).workers(2));
      Await.until("more are executed", () -> runs.order().size() >= begun);
      engine.close();
      assertThat(queue.picked()).isZero();
    }
  }

  @Test
  void a_closed_engine_that_was_never_started_has_no_thread() {
    var engine = engine("a", new RecordedRuns((run, worker) -> new Done())).build();
    assertThat(LiveThreads.ofEngines()).isEmpty();
    engine.close();
    assertThat(LiveThreads.ofEngines()).isEmpty();
  }
}
