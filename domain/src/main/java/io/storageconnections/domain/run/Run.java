package io.storageconnections.domain.run;

import static io.storageconnections.domain.run.RunState.COMPLETED;
import static io.storageconnections.domain.run.RunState.EXECUTING;
import static io.storageconnections.domain.run.RunState.QUEUED;
import static io.storageconnections.domain.run.RunState.WAITING_TO_EXECUTE;
import static io.storageconnections.domain.run.RunState.WAITING_TO_RETRY;

import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.Guid;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.Origin;
import io.storageconnections.domain.connection.RunId;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.domain.run.Transition.Applied;
import io.storageconnections.domain.run.Transition.Reason;
import io.storageconnections.domain.run.Transition.Refused;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One synchronization of a connection, and the state machine of runs: each event is a method, which
 * returns the changed run, or why the event does not fit ({@link Transition}). A completed run
 * never changes.
 *
 * <table>
 * <caption>Events, the states in which they apply, and the states after them</caption>
 * <thead>
 * <tr><th>event</th><th>in state</th><th>next state</th></tr>
 * </thead>
 * <tbody>
 * <tr><td>{@link #start}, {@link #retry}</td><td></td><td>{@code QUEUED}</td></tr>
 * <tr><td>{@link #pickUp}</td><td>every state but {@code COMPLETED}</td>
 * <td>{@code WAITING_TO_EXECUTE}; {@code WAITING_TO_RETRY} if no task is due; {@code COMPLETED} if
 * the last attempt of the last task was lost, or a cancel was requested</td></tr>
 * <tr><td>{@link #beginAttempt}</td><td>{@code WAITING_TO_EXECUTE}</td>
 * <td>{@code EXECUTING}</td></tr>
 * <tr><td>{@link #endAttempt}</td><td>{@code EXECUTING}</td>
 * <td>{@code WAITING_TO_EXECUTE}; {@code WAITING_TO_RETRY} if no task is due; {@code COMPLETED} if
 * no task is open, or a cancel was requested</td></tr>
 * <tr><td>{@link #release}</td><td>{@code WAITING_TO_EXECUTE}, {@code EXECUTING}</td>
 * <td>{@code QUEUED}; {@code COMPLETED} if a cancel was requested</td></tr>
 * <tr><td>{@link #fail}</td><td>{@code WAITING_TO_EXECUTE}, {@code EXECUTING}</td>
 * <td>{@code COMPLETED}</td></tr>
 * <tr><td>{@link #requestCancel}</td><td>every state but {@code COMPLETED}</td>
 * <td>{@code EXECUTING} if an attempt is in progress, else {@code COMPLETED}</td></tr>
 * </tbody>
 * </table>
 *
 * <p>A worker has the run while it is {@code WAITING_TO_EXECUTE} or {@code EXECUTING}. Each worker
 * proves with its fence that it is the last one that picked up the run. A worker that crashes sends
 * no event: another one picks up the run.
 *
 * <p>Times come from the clocks of several nodes. An event at a time before {@link #changed} counts
 * as an event at that time, so that the times of a run never go backwards, and a task that is due
 * stays due.
 *
 * @param id the id; never changes
 * @param connection the connection, which includes the iModel
 * @param origin the request that started the run
 * @param started when the run was started; truncated to microseconds
 * @param state {@code QUEUED}, {@code WAITING_TO_EXECUTE}, {@code EXECUTING}, {@code
 *     WAITING_TO_RETRY} or {@code COMPLETED}
 * @param cancelRequested whether a user or the server has cancelled the run; never becomes false
 *     again
 * @param failure the error that ended the run as a whole; null if none did
 * @param fence the fence of the worker that last picked up the run; 0 if none has
 * @param node the name of the node whose worker has the run; null if no worker has it
 * @param revision 1 after the start; each transition adds 1
 * @param changed when the run was started or last changed; truncated to microseconds
 * @param jobs the jobs, in the order in which they are executed; at least one; each of another
 *     connector type; copied
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/get-storage-connection-run">Get
 *     Storage Connection Run</a>
 */
public record Run(
    RunId id,
    ConnectionId connection,
    Origin origin,
    Instant started,
    RunState state,
    boolean cancelRequested,
    @Nullable ErrorKey failure,
    long fence,
    @Nullable String node,
    long revision,
    Instant changed,
    List<Job> jobs) {

  /** The order in which the runs of a connection are listed: by time of their start, then by id. */
  public static final Comparator<Run> NEWEST_FIRST =
      Comparator.comparing(Run::started)
          .thenComparing(run -> run.id().value(), Guid.BY_BYTES)
          .reversed();

  private static final Set<RunState> HELD =
      Collections.unmodifiableSet(EnumSet.of(WAITING_TO_EXECUTE, EXECUTING));

  private static final Set<RunState> NOT_HELD =
      Collections.unmodifiableSet(EnumSet.of(QUEUED, WAITING_TO_RETRY, COMPLETED));

  /**
   * Truncates the time and checks the values.
   *
   * @throws IllegalArgumentException if they contradict each other
   */
  public Run {
    started = started.truncatedTo(ChronoUnit.MICROS);
    changed = changed.truncatedTo(ChronoUnit.MICROS);
    jobs = List.copyOf(jobs);
    var tasks = tasks(jobs);
    require(!changed.isBefore(started), "a run does not change before it is started");
    require(!jobs.isEmpty(), "a run has a job");
    require(
        jobs.stream().map(Job::connectorType).distinct().count() == jobs.size(),
        "a run has one job for each connector type");
    require(HELD.contains(state) || NOT_HELD.contains(state), "a run does not have this state");
    require(
        (state == COMPLETED) == tasks.stream().allMatch(Task::isCompleted),
        "a run is completed if and only if all its tasks are");
    require(
        tasks.stream().filter(Run::isExecuting).count() == (state == EXECUTING ? 1 : 0),
        "a run executes one task if it is executing, and none otherwise");
    require(
        state != WAITING_TO_RETRY || tasks.stream().anyMatch(task -> task.retryAt() != null),
        "a run that waits for a retry has a task that does");
    require(
        HELD.contains(state) == (node != null),
        "a run is on a node if and only if a worker has it");
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  /**
   * Returns the time of the start of a new run, so that the runs of a connection have an order.
   *
   * @param now the current time
   * @param latest the time of the start of the newest run of the connection; null if it has none
   * @return the current time, or the first time after {@code latest} if that is later
   */
  public static Instant startTime(Instant now, @Nullable Instant latest) {
    return latest == null || now.truncatedTo(ChronoUnit.MICROS).isAfter(latest)
        ? now
        : latest.plus(1, ChronoUnit.MICROS);
  }

  /**
   * Starts a run of the files of a connection.
   *
   * @param id the id of the run
   * @param connection the connection
   * @param origin the request that starts the run
   * @param files the source files of the connection, in the order in which they are executed; at
   *     least one
   * @param guids returns random GUIDs of version 4, for jobs and tasks
   * @param now the current time
   * @return the run, with one job for each connector type that occurs, in the order of their first
   *     files; its state is {@code QUEUED}
   * @throws IllegalArgumentException if {@code files} is empty
   */
  public static Run start(
      RunId id,
      ConnectionId connection,
      Origin origin,
      List<SourceFile> files,
      Supplier<UUID> guids,
      Instant now) {
    return of(
        id,
        connection,
        origin,
        files.stream()
            .map(file ->
                Task.notStarted(
                    new TaskId(guids.get()),
                    file.id(),
                    file.storageFileId(),
                    file.connectorType(),
                    now)),
        guids,
        now);
  }

  /**
   * Starts a new run of the tasks of this run that did not succeed, as this run copied them. A task
   * that succeeded in part did not succeed.
   *
   * @param id the id of the new run
   * @param origin the request that starts the new run
   * @param mapped the Storage files that the connection maps now; a task of another file is left
   *     out
   * @param guids returns random GUIDs of version 4, for jobs and tasks
   * @param now the current time
   * @return the new run, whose state is {@code QUEUED}; empty if there is nothing to retry
   * @throws IllegalStateException if this run is not completed
   */
  public Optional<Run> retry(
      RunId id,
      Origin origin,
      Collection<StorageFileId> mapped,
      Supplier<UUID> guids,
      Instant now) {
    if (!isCompleted()) {
      throw new IllegalStateException("a run that is not completed cannot be retried: " + this.id);
    }
    var files = Set.copyOf(mapped);
    var tasks =
        tasks().stream()
            .filter(task -> task.result() != RunResult.SUCCESS)
            .filter(task -> files.contains(task.storageFileId()))
            .map(task ->
                Task.notStarted(
                    new TaskId(guids.get()),
                    task.sourceFile(),
                    task.storageFileId(),
                    task.connectorType(),
                    now))
            .toList();
    return tasks.isEmpty()
        ? Optional.empty()
        : Optional.of(of(id, connection, origin, tasks.stream(), guids, now));
  }

  private static Run of(
      RunId id,
      ConnectionId connection,
      Origin origin,
      Stream<Task> tasks,
      Supplier<UUID> guids,
      Instant now) {
    var tasksByType = new LinkedHashMap<ConnectorType, List<Task>>();
    tasks.forEach(task ->
        tasksByType.computeIfAbsent(task.connectorType(), type -> new ArrayList<>()).add(task));
    var jobs =
        tasksByType.values().stream()
            .map(ofOneType -> new Job(new JobId(guids.get()), ofOneType))
            .toList();
    return new Run(id, connection, origin, now, QUEUED, false, null, 0, null, 1, now, jobs);
  }

  /** {@return what identifies the run among those of all connections} */
  public RunKey key() {
    return new RunKey(connection, id);
  }

  /** {@return the iModel that the files are synchronized to} */
  public IModelId iModel() {
    return connection.iModel();
  }

  /** {@return the tasks of all jobs, in the order in which they are executed} */
  public List<Task> tasks() {
    return tasks(jobs);
  }

  private static List<Task> tasks(List<Job> jobs) {
    return jobs.stream().flatMap(job -> job.tasks().stream()).toList();
  }

  /** {@return whether the run is completed, which is final; any other run is live} */
  public boolean isCompleted() {
    return state == COMPLETED;
  }

  /** {@return {@code PREPROCESSOR} until the first attempt begins, then {@code MASTER_FILE}} */
  public RunPhase phase() {
    return tasks().stream().anyMatch(task -> task.begun() != null)
        ? RunPhase.MASTER_FILE
        : RunPhase.PREPROCESSOR;
  }

  /**
   * {@return {@code UNDETERMINED} until the run is completed; {@code CANCELLED} if it was
   * cancelled, also if tasks succeeded; else {@link RunResult#ofAll} of the results of its jobs}
   */
  public RunResult result() {
    if (!isCompleted()) {
      return RunResult.UNDETERMINED;
    }
    return cancelRequested
        ? RunResult.CANCELLED
        : RunResult.ofAll(jobs.stream().map(Job::result).toList());
  }

  /**
   * {@return the error of a completed run: the one that ended it as a whole; else {@code
   * ALL_JOBS_FAILED} if no job succeeded, {@code SOME_JOBS_FAILED} if some did or one did in part.
   * Empty if the run is live, cancelled or successful, or the connectors skipped all files}
   */
  public Optional<ErrorKey> error() {
    return switch (result()) {
      case ERROR, TIMED_OUT -> Optional.of(failure == null ? ErrorKey.ALL_JOBS_FAILED : failure);
      case PARTIAL_SUCCESS -> Optional.of(failure == null ? ErrorKey.SOME_JOBS_FAILED : failure);
      case UNDETERMINED, SUCCESS, SKIPPED, CANCELLED -> Optional.empty();
    };
  }

  /** {@return when the run was completed; empty if it is not} */
  public Optional<Instant> ended() {
    return Job.latestEnd(tasks());
  }

  /** {@return the task that a worker attempts; empty if the state is not {@code EXECUTING}} */
  public Optional<Task> currentTask() {
    return tasks().stream().filter(Run::isExecuting).findFirst();
  }

  /**
   * Returns the task that the worker attempts next.
   *
   * @param now the current time
   * @return the first task that is due; empty if and only if the state is not {@code
   *     WAITING_TO_EXECUTE}
   */
  public Optional<Task> nextTask(Instant now) {
    var time = notBeforeChange(now);
    return state == WAITING_TO_EXECUTE
        ? tasks().stream().filter(task -> task.isDue(time)).findFirst()
        : Optional.empty();
  }

  /**
   * {@return when the next attempt begins at the earliest; empty if the state is not {@code
   * WAITING_TO_RETRY}}
   */
  public Optional<Instant> retryAt() {
    return state == WAITING_TO_RETRY
        ? tasks().stream()
            .map(Task::retryAt)
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder())
        : Optional.empty();
  }

  /**
   * A worker picks up the run: for the first time, at the time of a retry, after another worker
   * released it, or after another worker stopped sending heartbeats. In the last case, the attempt
   * in progress counts as lost: its task is due at once for one attempt more, or failed with {@code
   * NODE_BECAME_UNUSABLE} if it has had all its attempts. If no task is due, the worker gives the
   * run back in the same transition.
   *
   * @param fence the fence of the worker, greater than that of every earlier pick-up of the run
   * @param node the name of the worker's node
   * @param policy the number of attempts
   * @param now the current time
   * @return refused with {@code COMPLETED} or {@code FENCED}
   */
  public Transition pickUp(long fence, String node, RetryPolicy policy, Instant now) {
    if (isCompleted()) {
      return new Refused(this, Reason.COMPLETED);
    }
    if (fence <= this.fence) {
      return new Refused(this, Reason.FENCED);
    }
    var time = notBeforeChange(now);
    return next(
        task -> isExecuting(task) ? task.afterLostAttempt(policy, time) : task,
        cancelRequested,
        failure,
        fence,
        node,
        time);
  }

  /**
   * A worker begins an attempt at a task.
   *
   * @param fence the fence of the worker
   * @param id the task, which must be due; usually the {@link #nextTask}
   * @param now the current time
   * @return refused with {@code COMPLETED}, {@code FENCED}, {@code NOT_HELD}, {@code
   *     ALREADY_EXECUTING} or {@code NOT_DUE}
   * @throws IllegalArgumentException if the run does not have the task
   */
  public Transition beginAttempt(long fence, TaskId id, Instant now) {
    var task = task(id);
    var refusal = refusalOfWorker(fence);
    if (refusal.isPresent()) {
      return new Refused(this, refusal.get());
    }
    if (state == EXECUTING) {
      return new Refused(this, Reason.ALREADY_EXECUTING);
    }
    var time = notBeforeChange(now);
    return task.isDue(time)
        ? nextOf(task, task.executing(time), time)
        : new Refused(this, Reason.NOT_DUE);
  }

  /**
   * A worker reports how the attempt at a task ended. After a transient error, the task waits for a
   * retry if the policy allows another attempt. If a cancel was requested, the task keeps its
   * result and the run is completed.
   *
   * @param fence the fence of the worker
   * @param id the task
   * @param outcome how the attempt ended
   * @param policy the number of attempts, and the time between them
   * @param now the current time
   * @return refused with {@code COMPLETED}, {@code FENCED}, {@code NOT_HELD} or {@code
   *     NOT_EXECUTING}
   * @throws IllegalArgumentException if the run does not have the task
   */
  public Transition endAttempt(
      long fence, TaskId id, AttemptOutcome outcome, RetryPolicy policy, Instant now) {
    var task = task(id);
    var refusal = refusalOfWorker(fence);
    if (refusal.isPresent()) {
      return new Refused(this, refusal.get());
    }
    if (!isExecuting(task)) {
      return new Refused(this, Reason.NOT_EXECUTING);
    }
    var time = notBeforeChange(now);
    return nextOf(task, task.after(outcome, policy, time), time);
  }

  /**
   * A worker gives the run back, because its node shuts down, or because it saw that a cancel was
   * requested. The worker has stopped the attempt in progress, if there was one. The run waits for
   * another worker, and the attempt does not count; if a cancel was requested, the run is
   * completed, and the attempt counts.
   *
   * @param fence the fence of the worker
   * @param now the current time
   * @return refused with {@code COMPLETED}, {@code FENCED} or {@code NOT_HELD}
   */
  public Transition release(long fence, Instant now) {
    var refusal = refusalOfWorker(fence);
    var time = notBeforeChange(now);
    return refusal.isPresent()
        ? new Refused(this, refusal.get())
        : next(
            task -> isExecuting(task) ? afterStoppedAttempt(task, time) : task,
            cancelRequested,
            failure,
            fence,
            null,
            time);
  }

  private Task afterStoppedAttempt(Task task, Instant time) {
    return cancelRequested ? task.cancelled(time) : task.afterStoppedAttempt();
  }

  /**
   * A worker ends the run as a whole, because it cannot be executed. All open tasks fail with the
   * same error.
   *
   * @param fence the fence of the worker
   * @param error the error
   * @param details what happened in this case; may be empty
   * @param now the current time
   * @return refused with {@code COMPLETED}, {@code FENCED} or {@code NOT_HELD}
   */
  public Transition fail(long fence, ErrorKey error, String details, Instant now) {
    var refusal = refusalOfWorker(fence);
    var time = notBeforeChange(now);
    return refusal.isPresent()
        ? new Refused(this, refusal.get())
        : next(
            task -> task.isCompleted() ? task : task.failed(TaskError.of(error, details), time),
            cancelRequested,
            error,
            fence,
            node,
            time);
  }

  /**
   * A user or the server cancels the run. The run is completed at once, unless an attempt is in
   * progress: then it is completed when the worker stops or ends the attempt, or another worker
   * picks up the run.
   *
   * @param now the current time
   * @return refused with {@code COMPLETED} or {@code CANCEL_ALREADY_REQUESTED}
   */
  public Transition requestCancel(Instant now) {
    if (isCompleted()) {
      return new Refused(this, Reason.COMPLETED);
    }
    return cancelRequested
        ? new Refused(this, Reason.CANCEL_ALREADY_REQUESTED)
        : next(UnaryOperator.identity(), true, failure, fence, node, notBeforeChange(now));
  }

  private Optional<Reason> refusalOfWorker(long fence) {
    if (isCompleted()) {
      return Optional.of(Reason.COMPLETED);
    }
    if (fence != this.fence) {
      return Optional.of(Reason.FENCED);
    }
    return HELD.contains(state) ? Optional.empty() : Optional.of(Reason.NOT_HELD);
  }

  private Applied nextOf(Task task, Task changed, Instant time) {
    return next(
        candidate -> candidate.id().equals(task.id()) ? changed : candidate,
        cancelRequested,
        failure,
        fence,
        node,
        time);
  }

  /**
   * Returns the run after a change of its tasks. The only place that decides the state of a run.
   *
   * @param node the node whose worker has the run; null if none has it. The next run has none
   *     either if there is nothing that the worker could do
   */
  private Applied next(
      UnaryOperator<Task> change,
      boolean cancelRequested,
      @Nullable ErrorKey failure,
      long fence,
      @Nullable String node,
      Instant time) {
    var nextJobs = jobs.stream().map(job -> job.with(change)).toList();
    if (cancelRequested && tasks(nextJobs).stream().noneMatch(Run::isExecuting)) {
      nextJobs =
          nextJobs.stream()
              .map(job -> job.with(task -> task.isCompleted() ? task : task.cancelled(time)))
              .toList();
    }
    var state = stateOf(tasks(nextJobs), node != null, time);
    var run =
        new Run(
            id,
            connection,
            origin,
            started,
            state,
            cancelRequested,
            failure,
            fence,
            HELD.contains(state) ? node : null,
            revision + 1,
            time,
            nextJobs);
    return new Applied(this, run);
  }

  private static RunState stateOf(List<Task> tasks, boolean held, Instant time) {
    if (tasks.stream().allMatch(Task::isCompleted)) {
      return COMPLETED;
    }
    if (tasks.stream().anyMatch(Run::isExecuting)) {
      return EXECUTING;
    }
    if (tasks.stream().noneMatch(task -> task.isDue(time))) {
      return WAITING_TO_RETRY;
    }
    return held ? WAITING_TO_EXECUTE : QUEUED;
  }

  private static boolean isExecuting(Task task) {
    return task.state() == EXECUTING;
  }

  private Task task(TaskId id) {
    return tasks().stream()
        .filter(task -> task.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("run " + this.id + " does not have task " + id));
  }

  private Instant notBeforeChange(Instant now) {
    return now.isBefore(changed) ? changed : now.truncatedTo(ChronoUnit.MICROS);
  }
}
