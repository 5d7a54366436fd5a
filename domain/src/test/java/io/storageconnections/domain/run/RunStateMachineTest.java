package io.storageconnections.domain.run;

import static io.storageconnections.domain.connection.ConnectorType.DWG;
import static io.storageconnections.domain.connection.ConnectorType.MSTN;
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
 * situations count as the same state if no event can tell them apart: absolute times, revisions,
 * fences, and the order of jobs and tasks do not count.
 */
class RunStateMachineTest {

  /** The time between two attempts. All other steps of the clock are much shorter in total. */
  private static final Duration BACKOFF = Duration.ofHours(1);

  private static final Duration STEP = Duration.ofMillis(1);

  /** Connector types of the files, the number of attempts, and the number of reachable states. */
  private static final List<Shape> SHAPES =
      List.of(
          new Shape(List.of(MSTN), 3, 33),
          new Shape(List.of(MSTN, MSTN), 3, 274),
          new Shape(List.of(MSTN, DWG), 3, 274),
          new Shape(List.of(MSTN, MSTN, DWG), 2, 1_790),
          new Shape(List.of(MSTN, MSTN, DWG, DWG), 2, 5_410));

  private static final Map<Shape, Exploration> EXPLORED = new ConcurrentHashMap<>();

  private static final TaskError ERROR = TaskError.of(ErrorKey.BRIDGING_FAILED, "");

  private static final List<AttemptOutcome> OUTCOMES =
      List.of(
          AttemptOutcome.succeeded(),
          AttemptOutcome.partiallySucceeded(ERROR),
          AttemptOutcome.skipped(),
          AttemptOutcome.failed(ERROR, false),
          AttemptOutcome.failed(ERROR, true),
          AttemptOutcome.timedOut(ERROR));

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

  /** One run in each reachable state, and the transitions of the states of these runs. */
  record Exploration(Collection<Run> runs, Set<String> transitions) {}

  /** An event of a worker with a fence, or of a user. */
  record Event(String name, long fence, Transition transition) {}

  @ParameterizedTest
  @FieldSource("SHAPES")
  void every_event_in_every_state_keeps_the_invariants(Shape shape) {
    assertThat(explored(shape).runs().size()).isEqualTo(shape.states());
  }

  @Test
  void the_state_of_a_run_has_the_documented_transitions_and_no_others() {
    var transitions = new TreeSet<String>();
    for (var shape : SHAPES) {
      transitions.addAll(explored(shape).transitions());
    }
    assertThat(String.join("\n", transitions)).isEqualTo(TRANSITIONS.strip());
  }

  @ParameterizedTest
  @FieldSource("SHAPES")
  void from_every_state_the_next_worker_completes_the_run(Shape shape) {
    for (var run : explored(shape).runs()) {
      if (!run.isCompleted()) {
        for (var outcome : OUTCOMES) {
          assertThat(workOn(run, shape.policy(), outcome).isCompleted()).isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @FieldSource("SHAPES")
  void from_every_state_a_run_is_completed_even_if_a_node_crashes_in_every_attempt(Shape shape) {
    for (var run : explored(shape).runs()) {
      if (!run.isCompleted()) {
        assertThat(workOn(run, shape.policy(), null).isCompleted()).isTrue();
      }
    }
  }

  /**
   * Executes the run as a worker does, from its pick-up on.
   *
   * @param outcome the outcome of every attempt; null if the node crashes in every attempt
   */
  private static Run workOn(Run situation, RetryPolicy policy, @Nullable AttemptOutcome outcome) {
    var clock = situation.changed();
    var run = applied(situation.pickUp(situation.fence() + 1, "next", policy, clock));
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

  private static Exploration explored(Shape shape) {
    return EXPLORED.computeIfAbsent(shape, RunStateMachineTest::explore);
  }

  /** Finds the reachable states, breadth first, and checks every event in each of them. */
  private static Exploration explore(Shape shape) {
    var runs = new ArrayList<Run>();
    var transitions = new HashSet<String>();
    var states = new HashSet<Object>();
    var open = new ArrayDeque<Run>();
    var start = runOf(shape.types().toArray(ConnectorType[]::new));
    states.add(state(start));
    open.add(start);
    while (!open.isEmpty()) {
      var run = open.remove();
      runs.add(run);
      for (var event : events(run, shape.policy())) {
        check(run, event);
        if (event.transition() instanceof Applied applied) {
          transitions.add(event.name() + ": " + run.state() + " -> " + applied.run().state());
          if (states.add(state(applied.run()))) {
            checkRun(applied.run(), shape);
            open.add(applied.run());
          }
        }
      }
    }
    return new Exploration(runs, transitions);
  }

  /** Returns what of a run has an influence on the outcome of an event. */
  private static Object state(Run run) {
    return List.of(
        run.state(),
        run.cancelRequested(),
        run.failure() != null,
        counts(run.jobs().stream().map(job -> state(job, run.changed()))));
  }

  private static Object state(Job job, Instant now) {
    return counts(job.tasks().stream().map(task -> state(task, now)));
  }

  /** Returns how often each element occurs, in any order. */
  private static Map<Object, Long> counts(Stream<Object> elements) {
    return elements.collect(Collectors.groupingBy(element -> element, Collectors.counting()));
  }

  private static Object state(Task task, Instant now) {
    return List.<Object>of(
        task.state(),
        task.result(),
        task.isCompleted() ? 0 : task.attempts(),
        task.retryAt() == null ? 0 : hours(Duration.between(now, task.retryAt())));
  }

  /** Returns the duration in hours, rounded up. */
  private static long hours(Duration duration) {
    return duration.isNegative() ? 0 : duration.plus(BACKOFF).minusNanos(1).dividedBy(BACKOFF);
  }

  /** Returns every event, at every time that matters, and those of workers that lost the run. */
  private static List<Event> events(Run run, RetryPolicy policy) {
    var events = new ArrayList<Event>();
    for (var now : times(run)) {
      events.add(new Event("cancel", 0, run.requestCancel(now)));
      addEvents(events, run, run.fence(), policy, now, OUTCOMES);
      events.add(pickUp(run, run.fence() + 1, policy, now));
    }
    for (var fence : List.of(run.fence() - 1, run.fence() + 1)) {
      addEvents(events, run, fence, policy, run.changed().plus(STEP), List.of(OUTCOMES.getFirst()));
    }
    return events;
  }

  private static Event pickUp(Run run, long fence, RetryPolicy policy, Instant now) {
    return new Event("pick up", fence, run.pickUp(fence, "node", policy, now));
  }

  private static void addEvents(
      List<Event> events,
      Run run,
      long fence,
      RetryPolicy policy,
      Instant now,
      List<AttemptOutcome> outcomes) {
    events.add(pickUp(run, fence, policy, now));
    events.add(new Event("release", fence, run.release(fence, now)));
    var failed = run.fail(fence, ErrorKey.RUN_ORCHESTRATION_ERROR, "", now);
    events.add(new Event("fail", fence, failed));
    for (var task : run.tasks()) {
      var begun = run.beginAttempt(fence, task.id(), now);
      events.add(new Event("begin attempt", fence, begun));
      for (var outcome : outcomes) {
        var ended = run.endAttempt(fence, task.id(), outcome, policy, now);
        events.add(new Event("end attempt", fence, ended));
      }
    }
  }

  /** Returns the next moment, a time on a clock that is slow, and the time of the next retry. */
  private static List<Instant> times(Run run) {
    var times = new ArrayList<Instant>();
    times.add(run.changed().plus(STEP));
    times.add(run.changed().minus(Duration.ofMinutes(2)));
    run.tasks().stream()
        .map(Task::retryAt)
        .filter(Objects::nonNull)
        .filter(run.changed()::isBefore)
        .min(Comparator.naturalOrder())
        .ifPresent(times::add);
    return times;
  }

  private static void check(Run run, Event event) {
    try {
      switch (event.transition()) {
        case Applied applied -> {
          require(applied.before().equals(run), "before");
          checkChange(event, run, applied.run());
          checkStored(applied);
        }
        case Refused refused -> {
          require(refused.run().equals(run), "unchanged");
          checkRefusal(event, run, refused.reason());
        }
      }
    } catch (AssertionError failure) {
      throw new AssertionError(failure.getMessage() + ": " + event + " in " + run, failure);
    }
  }

  /** Millions of checks: AssertJ would take a minute. */
  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new AssertionError(message);
    }
  }

  private static void checkRun(Run run, Shape shape) {
    boolean completed = run.tasks().stream().allMatch(Task::isCompleted);
    require(run.isCompleted() == completed, "completed if and only if no task is open");
    require(run.ended().isPresent() == completed, "end of the run");
    require(
        run.result()
            == (!completed
                ? RunResult.UNDETERMINED
                : run.cancelRequested() ? RunResult.CANCELLED : expectedResult(run.tasks())),
        "result of the run");
    require(
        run.error().isPresent()
            == Set.of(RunResult.ERROR, RunResult.TIMED_OUT, RunResult.PARTIAL_SUCCESS)
                .contains(run.result()),
        "error of the run");
    require(
        run.retryAt().isPresent() == (run.state() == RunState.WAITING_TO_RETRY),
        "time of the retry");
    require(
        run.nextTask(run.changed()).isPresent() == (run.state() == RunState.WAITING_TO_EXECUTE),
        "next task");
    for (var job : run.jobs()) {
      boolean ended = job.tasks().stream().allMatch(Task::isCompleted);
      require((job.state() == RunState.COMPLETED) == ended, "state of the job");
      require(job.ended().isPresent() == ended, "end of the job");
      require(
          job.result() == (ended ? expectedResult(job.tasks()) : RunResult.UNDETERMINED),
          "result of the job");
      require(!job.started().isBefore(run.started()), "start of the job");
    }
    for (var task : run.tasks()) {
      require(task.attempts() >= 0 && task.attempts() <= shape.attempts(), "attempts");
      require(task.created().equals(run.started()), "creation of the task");
      require(!task.started().isBefore(task.created()), "start of the task");
    }
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

  private static void checkChange(Event event, Run before, Run after) {
    require(!before.isCompleted(), "a completed run never changes");
    require(after.revision() == before.revision() + 1, "revision");
    require(after.id().equals(before.id()), "id");
    require(after.started().equals(before.started()), "start of the run");
    require(!after.changed().isBefore(before.changed()), "time of the change");
    require(
        after.fence() == (event.name().equals("pick up") ? event.fence() : before.fence())
            && after.fence() >= before.fence(),
        "fence");
    require(
        after.cancelRequested() == (before.cancelRequested() || event.name().equals("cancel")),
        "request to cancel");
    for (int i = 0; i < before.tasks().size(); i++) {
      var task = before.tasks().get(i);
      var next = after.tasks().get(i);
      if (!next.equals(task)) {
        checkChange(event, task, next, before.changed());
      }
    }
  }

  private static void checkChange(Event event, Task before, Task after, Instant earliest) {
    require(!before.isCompleted(), "a completed task never changes");
    require(after.id().equals(before.id()), "id of the task");
    require(after.sourceFile().equals(before.sourceFile()), "source file");
    require(after.storageFileId().equals(before.storageFileId()), "Storage file");
    require(after.connectorType() == before.connectorType(), "connector type");
    boolean begins = event.name().equals("begin attempt");
    boolean stops =
        event.name().equals("release")
            && before.state() == RunState.EXECUTING
            && after.result() != RunResult.CANCELLED;
    require(after.attempts() == before.attempts() + (begins ? 1 : 0) - (stops ? 1 : 0), "attempts");
    require(
        before.begun() == null
            ? (after.begun() != null) == begins
            : before.begun().equals(after.begun()),
        "begin of the task");
    require(before.begun() != null || notBefore(after.begun(), earliest), "time of the begin");
    require(notBefore(after.ended(), earliest), "time of the end");
    require(
        Objects.equals(after.retryAt(), before.retryAt())
            || notBefore(after.retryAt(), earliest.plus(BACKOFF)),
        "time of the retry");
  }

  private static boolean notBefore(@Nullable Instant time, Instant earliest) {
    return time == null || !time.isBefore(earliest);
  }

  /** Checks that a store which only writes the changed tasks has the run after the event. */
  private static void checkStored(Applied applied) {
    var written = applied.changedTasks().stream().collect(Collectors.toMap(Task::id, task -> task));
    require(
        applied.before().tasks().stream()
            .map(task -> written.getOrDefault(task.id(), task))
            .toList()
            .equals(applied.run().tasks()),
        "changed tasks");
    require(
        applied.before().tasks().stream().noneMatch(written::containsValue),
        "unchanged task among the changed ones");
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
    require(fits, "reason");
    require((reason == Reason.COMPLETED) == run.isCompleted(), "a completed run never changes");
  }
}
