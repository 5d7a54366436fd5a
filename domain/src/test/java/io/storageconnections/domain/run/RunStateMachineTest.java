package io.storageconnections.domain.run;

import static io.storageconnections.domain.connection.ConnectorType.DWG;
import static io.storageconnections.domain.connection.ConnectorType.MSTN;
import static io.storageconnections.domain.run.RunFixtures.START;
import static io.storageconnections.domain.run.RunFixtures.applied;
import static io.storageconnections.domain.run.RunFixtures.runOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.run.Transition.Applied;
import io.storageconnections.domain.run.Transition.Reason;
import io.storageconnections.domain.run.Transition.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Sends every event to every state that a run of up to two jobs with up to two tasks can reach. Two
 * situations count as the same state if no event can tell them apart: absolute times, revisions and
 * fences do not count.
 */
class RunStateMachineTest {

  /** The time between two attempts. All other steps of the clock are much shorter in total. */
  private static final Duration BACKOFF = Duration.ofHours(1);

  private static final Duration STEP = Duration.ofMillis(1);

  /** Connector types of the files, the number of attempts, and the number of reachable states. */
  private static final List<Shape> SHAPES =
      List.of(
          new Shape(List.of(MSTN), 3, 0),
          new Shape(List.of(MSTN, MSTN), 3, 0),
          new Shape(List.of(MSTN, DWG), 3, 0),
          new Shape(List.of(MSTN, MSTN, DWG), 2, 0),
          new Shape(List.of(MSTN, DWG, DWG), 2, 0),
          new Shape(List.of(MSTN, MSTN, DWG, DWG), 2, 0));

  private static final Map<Shape, Collection<Situation>> REACHABLE = new ConcurrentHashMap<>();

  private static final TaskError ERROR = TaskError.of(ErrorKey.BRIDGING_FAILED, "");

  private static final Map<String, AttemptOutcome> OUTCOMES =
      Map.of(
          "succeeded", AttemptOutcome.succeeded(),
          "succeeded in part", AttemptOutcome.partiallySucceeded(ERROR),
          "skipped", AttemptOutcome.skipped(),
          "failed", AttemptOutcome.failed(ERROR, false),
          "failed transiently", AttemptOutcome.failed(ERROR, true),
          "timed out", AttemptOutcome.timedOut(ERROR));

  /** Every transition of the state of a run. */
  private static final String TRANSITIONS =
      """
      begin attempt: WaitingToExecute -> Executing
      cancel: Executing -> Executing
      cancel: Queued -> Completed
      cancel: WaitingToExecute -> Completed
      cancel: WaitingToRetry -> Completed
      end attempt: Executing -> Completed
      end attempt: Executing -> WaitingToExecute
      end attempt: Executing -> WaitingToRetry
      fail: Executing -> Completed
      fail: WaitingToExecute -> Completed
      pick up: Executing -> Completed
      pick up: Executing -> WaitingToExecute
      pick up: Executing -> WaitingToRetry
      pick up: Queued -> WaitingToExecute
      pick up: WaitingToExecute -> WaitingToExecute
      pick up: WaitingToRetry -> WaitingToExecute
      pick up: WaitingToRetry -> WaitingToRetry
      release: Executing -> Completed
      release: Executing -> Queued
      release: WaitingToExecute -> Queued
      """;

  record Shape(List<ConnectorType> types, int attempts, int states) {

    RetryPolicy policy() {
      return new RetryPolicy(attempts, BACKOFF);
    }
  }

  /** A run, and the latest time that a clock has shown. */
  record Situation(Run run, Instant clock) {

    /** What of the situation has an influence on the outcome of an event. */
    Object state() {
      return List.of(
          run.state(),
          run.cancelRequested(),
          run.failure() != null,
          run.tasks().stream().map(this::state).toList());
    }

    private Object state(Task task) {
      return List.of(
          task.state(),
          task.result(),
          task.isCompleted() ? 0 : task.attempts(),
          task.retryAt() == null ? 0 : hoursUntil(task.retryAt()));
    }

    private long hoursUntil(Instant time) {
      var left = Duration.between(clock, time);
      return left.isNegative() ? 0 : left.plus(BACKOFF).minusNanos(1).dividedBy(BACKOFF);
    }
  }

  /** An event of a worker with a fence, or of a user. */
  record Event(String name, long fence, Instant now, Transition transition) {}

  @ParameterizedTest
  @FieldSource("SHAPES")
  void every_event_in_every_state_keeps_the_invariants(Shape shape) {
    var situations = reachable(shape);
    for (var situation : situations) {
      for (var event : events(situation, shape.policy())) {
        check(situation, event, shape);
      }
    }
    assertThat(situations.size()).isEqualTo(shape.states());
  }

  @Test
  void the_state_of_a_run_has_the_documented_transitions_and_no_others() {
    var transitions = new TreeSet<String>();
    for (var shape : SHAPES) {
      for (var situation : reachable(shape)) {
        for (var event : events(situation, shape.policy())) {
          if (event.transition() instanceof Applied(Run before, Run after)) {
            transitions.add(event.name() + ": " + before.state() + " -> " + after.state());
          }
        }
      }
    }
    assertThat(String.join("\n", transitions)).isEqualTo(TRANSITIONS.strip());
  }

  @ParameterizedTest
  @FieldSource("SHAPES")
  void from_every_state_the_next_worker_completes_the_run(Shape shape) {
    for (var situation : reachable(shape)) {
      if (!situation.run().isCompleted()) {
        for (var outcome : OUTCOMES.values()) {
          assertThat(workOn(situation, shape.policy(), outcome).isCompleted()).isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @FieldSource("SHAPES")
  void from_every_state_a_run_is_completed_even_if_a_node_crashes_in_every_attempt(Shape shape) {
    for (var situation : reachable(shape)) {
      if (!situation.run().isCompleted()) {
        assertThat(workOn(situation, shape.policy(), null).isCompleted()).isTrue();
      }
    }
  }

  /**
   * Executes the run as a worker does, from its pick-up on.
   *
   * @param outcome the outcome of every attempt; null if the node crashes in every attempt
   */
  private static Run workOn(
      Situation situation, RetryPolicy policy, @Nullable AttemptOutcome outcome) {
    var clock = situation.clock();
    var run = applied(situation.run().pickUp(situation.run().fence() + 1, "next", policy, clock));
    int attemptsMax = run.tasks().size() * policy.attempts();
    for (int steps = 3 * attemptsMax; steps > 0 && !run.isCompleted(); steps--) {
      clock = clock.plus(STEP);
      if (run.state() == RunState.WAITING_TO_RETRY) {
        clock = run.retryAt().orElseThrow();
        run = applied(run.pickUp(run.fence() + 1, "next", policy, clock));
      } else if (run.state() == RunState.WAITING_TO_EXECUTE) {
        var task = run.nextTask(clock).orElseThrow();
        run = applied(run.beginAttempt(run.fence(), task.id(), clock));
        run =
            applied(
                outcome == null
                    ? run.pickUp(run.fence() + 1, "after the crash", policy, clock)
                    : run.endAttempt(run.fence(), task.id(), outcome, policy, clock));
      }
    }
    return run;
  }

  private static Collection<Situation> reachable(Shape shape) {
    return REACHABLE.computeIfAbsent(shape, RunStateMachineTest::explore);
  }

  private static Collection<Situation> explore(Shape shape) {
    var found = new ArrayList<Situation>();
    var states = new HashSet<Object>();
    var open = new ArrayDeque<Situation>();
    var start = new Situation(runOf(shape.types().toArray(ConnectorType[]::new)), START);
    states.add(start.state());
    open.add(start);
    while (!open.isEmpty()) {
      var situation = open.remove();
      found.add(situation);
      for (var event : events(situation, shape.policy())) {
        if (event.transition() instanceof Applied applied) {
          var next = new Situation(applied.run(), later(situation.clock(), event.now()));
          if (states.add(next.state())) {
            open.add(next);
          }
        }
      }
    }
    return found;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  /** Returns every event, also of a worker that has lost the run, at every time that matters. */
  private static List<Event> events(Situation situation, RetryPolicy policy) {
    var run = situation.run();
    var events = new ArrayList<Event>();
    for (var now : times(situation)) {
      events.add(new Event("cancel", 0, now, run.requestCancel(now)));
      for (long fence = run.fence() - 1; fence <= run.fence() + 1; fence++) {
        events.add(new Event("pick up", fence, now, run.pickUp(fence, "node", policy, now)));
        events.add(new Event("release", fence, now, run.release(fence, now)));
        var failed = run.fail(fence, ErrorKey.RUN_ORCHESTRATION_ERROR, "", now);
        events.add(new Event("fail", fence, now, failed));
        for (var task : run.tasks()) {
          var begun = run.beginAttempt(fence, task.id(), now);
          events.add(new Event("begin attempt", fence, now, begun));
          for (var outcome : OUTCOMES.values()) {
            var ended = run.endAttempt(fence, task.id(), outcome, policy, now);
            events.add(new Event("end attempt", fence, now, ended));
          }
        }
      }
    }
    return events;
  }

  /** Returns the next moment, the time of the next retry, and the time of a clock that is slow. */
  private static List<Instant> times(Situation situation) {
    return Stream.concat(
            Stream.of(situation.clock().plus(STEP), situation.clock().minus(Duration.ofMinutes(2))),
            situation.run().tasks().stream()
                .map(Task::retryAt)
                .filter(Objects::nonNull)
                .filter(situation.clock()::isBefore)
                .min(Comparator.naturalOrder())
                .stream())
        .toList();
  }

  private static void check(Situation situation, Event event, Shape shape) {
    var run = situation.run();
    try {
      switch (event.transition()) {
        case Applied(Run before, Run after) -> {
          assertThat(before).isSameAs(run);
          checkRun(after, shape);
          checkChange(event.name(), before, after);
          checkStored((Applied) event.transition());
        }
        case Refused(Run unchanged, Reason reason) -> {
          assertThat(unchanged).isSameAs(run);
          checkRefusal(event, run, reason);
        }
      }
    } catch (AssertionError failure) {
      throw new AssertionError(event.name() + " at " + event.now() + " in " + run, failure);
    }
  }

  private static void checkRun(Run run, Shape shape) {
    var tasks = run.tasks();
    assertThat(run.isCompleted()).isEqualTo(tasks.stream().allMatch(Task::isCompleted));
    assertThat(run.result())
        .isEqualTo(
            !run.isCompleted()
                ? RunResult.UNDETERMINED
                : run.cancelRequested() ? RunResult.CANCELLED : expectedResult(tasks));
    for (var job : run.jobs()) {
      boolean open = !job.tasks().stream().allMatch(Task::isCompleted);
      assertThat(job.state() == RunState.COMPLETED).isEqualTo(!open);
      assertThat(job.result())
          .isEqualTo(open ? RunResult.UNDETERMINED : expectedResult(job.tasks()));
      assertThat(job.ended().isPresent()).isEqualTo(!open);
      assertThat(job.started()).isAfterOrEqualTo(run.started());
    }
    assertThat(run.ended().isPresent()).isEqualTo(run.isCompleted());
    assertThat(run.error().isPresent())
        .isEqualTo(
            Set.of(RunResult.ERROR, RunResult.TIMED_OUT, RunResult.PARTIAL_SUCCESS)
                .contains(run.result()));
    for (var task : tasks) {
      assertThat(task.attempts()).isBetween(0, shape.attempts());
      assertThat(task.started()).isAfterOrEqualTo(task.created());
      assertThat(task.created()).isEqualTo(run.started());
    }
    assertThat(run.retryAt().isPresent()).isEqualTo(run.state() == RunState.WAITING_TO_RETRY);
  }

  /** The rule of the results in other words than in the code. */
  private static RunResult expectedResult(List<Task> tasks) {
    var results = tasks.stream().map(Task::result).toList();
    long successes = results.stream().filter(RunResult.SUCCESS::equals).count();
    if (successes == results.size()) {
      return RunResult.SUCCESS;
    }
    if (successes > 0 || results.contains(RunResult.PARTIAL_SUCCESS)) {
      return RunResult.PARTIAL_SUCCESS;
    }
    var failures = new HashSet<>(results);
    if (failures.size() > 1) {
      failures.remove(RunResult.SKIPPED);
    }
    if (failures.size() > 1) {
      failures.remove(RunResult.CANCELLED);
    }
    return failures.size() == 1 ? failures.iterator().next() : RunResult.ERROR;
  }

  private static void checkChange(String event, Run before, Run after) {
    assertThat(before.isCompleted()).isFalse();
    assertThat(after.revision()).isEqualTo(before.revision() + 1);
    assertThat(after.id()).isEqualTo(before.id());
    assertThat(after.started()).isEqualTo(before.started());
    assertThat(after.fence())
        .isEqualTo(event.equals("pick up") ? before.fence() + 1 : before.fence());
    assertThat(after.cancelRequested())
        .isEqualTo(before.cancelRequested() || event.equals("cancel"));
    var latest = latestTime(before);
    for (int i = 0; i < before.tasks().size(); i++) {
      checkChange(event, before.tasks().get(i), after.tasks().get(i), latest);
    }
  }

  private static void checkChange(String event, Task before, Task after, Instant latest) {
    assertThat(after.id()).isEqualTo(before.id());
    assertThat(after.sourceFile()).isEqualTo(before.sourceFile());
    assertThat(after.storageFileId()).isEqualTo(before.storageFileId());
    assertThat(after.connectorType()).isEqualTo(before.connectorType());
    if (before.isCompleted() || after.equals(before)) {
      assertThat(after).isEqualTo(before);
      return;
    }
    boolean stopped =
        event.equals("release") && before.state() == RunState.EXECUTING && !after.isCompleted();
    if (!after.isCompleted() || before.state() != RunState.EXECUTING) {
      assertThat(after.attempts())
          .isEqualTo(
              before.attempts() + (event.equals("begin attempt") ? 1 : 0) - (stopped ? 1 : 0));
    }
    if (before.begun() == null) {
      assertThat(after.begun() != null).isEqualTo(event.equals("begin attempt"));
    } else {
      assertThat(after.begun()).isEqualTo(before.begun());
    }
    if (before.begun() == null && after.begun() != null) {
      assertThat(after.begun()).isAfterOrEqualTo(latest);
    }
    if (after.ended() != null) {
      assertThat(after.ended()).isAfterOrEqualTo(latest);
    }
    if (after.retryAt() != null && !after.retryAt().equals(before.retryAt())) {
      assertThat(after.retryAt()).isAfterOrEqualTo(latest.plus(BACKOFF));
    }
  }

  private static Instant latestTime(Run run) {
    return run.tasks().stream()
        .flatMap(task -> Stream.of(task.started(), task.ended()))
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** Checks that a store which only writes the changed tasks has the run after the event. */
  private static void checkStored(Applied applied) {
    var written = applied.changedTasks().stream().collect(Collectors.toMap(Task::id, task -> task));
    assertThat(
            applied.before().tasks().stream()
                .map(task -> written.getOrDefault(task.id(), task))
                .toList())
        .isEqualTo(applied.run().tasks());
    assertThat(applied.before().tasks()).noneMatch(written::containsValue);
  }

  private static void checkRefusal(Event event, Run run, Reason reason) {
    boolean fits =
        switch (reason) {
          case COMPLETED -> run.isCompleted();
          case FENCED ->
              event.name().equals("pick up")
                  ? event.fence() <= run.fence()
                  : event.fence() != run.fence();
          case NOT_HELD -> run.node() == null;
          case NOT_EXECUTING -> event.name().equals("end attempt");
          case ALREADY_EXECUTING ->
              event.name().equals("begin attempt") && run.state() == RunState.EXECUTING;
          case NOT_DUE ->
              event.name().equals("begin attempt") && run.state() == RunState.WAITING_TO_EXECUTE;
          case CANCEL_ALREADY_REQUESTED -> event.name().equals("cancel") && run.cancelRequested();
        };
    assertThat(fits).as("%s", reason).isTrue();
    assertThat(reason == Reason.COMPLETED).isEqualTo(run.isCompleted());
  }
}
