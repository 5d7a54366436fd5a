package io.storageconnections.domain.run;

import static io.storageconnections.domain.run.RunState.COMPLETED;
import static io.storageconnections.domain.run.RunState.EXECUTING;
import static io.storageconnections.domain.run.RunState.NOT_STARTED;
import static io.storageconnections.domain.run.RunState.WAITING_TO_EXECUTE;
import static io.storageconnections.domain.run.RunState.WAITING_TO_RETRY;

import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.domain.connection.StorageFileId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The synchronization of one file in a run. The ids of the files and the connector type are copied
 * when the run starts: later changes of the connection do not change the task. All times are
 * truncated to microseconds. {@link Run} changes tasks.
 *
 * @param id the id; never changes
 * @param sourceFile the source file of the connection, which may have been removed since
 * @param storageFileId the file in Storage
 * @param connectorType the connector that reads the file
 * @param created when the run was started
 * @param state {@code NOT_STARTED}; {@code EXECUTING} during an attempt; {@code WAITING_TO_RETRY}
 *     between a failed attempt and the next; {@code WAITING_TO_EXECUTE} if a node stopped during an
 *     attempt and another one takes its place; or {@code COMPLETED}
 * @param result undetermined until the task is completed
 * @param attempts the number of attempts that have begun, 0 or more. An attempt that its worker
 *     stopped, because the node shut down, does not count; one that ended with the crash of its
 *     node does
 * @param retryAt when the next attempt begins at the earliest; null if the state is not {@code
 *     WAITING_TO_RETRY}
 * @param error the error of the last attempt that ended; null if it had none, if no attempt has
 *     ended, and while the next attempt is in progress
 * @param report the connector's report; null if there is none
 * @param begun when the first attempt began; null if none has
 * @param ended when the task was completed; null if it is not
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/get-storage-connection-run">Get
 *     Storage Connection Run</a>
 */
public record Task(
    TaskId id,
    SourceFileId sourceFile,
    StorageFileId storageFileId,
    ConnectorType connectorType,
    Instant created,
    RunState state,
    RunResult result,
    int attempts,
    @Nullable Instant retryAt,
    @Nullable TaskError error,
    @Nullable SynchronizationReport report,
    @Nullable Instant begun,
    @Nullable Instant ended) {

  private static final Set<RunState> STATES =
      Collections.unmodifiableSet(
          EnumSet.of(NOT_STARTED, WAITING_TO_EXECUTE, EXECUTING, WAITING_TO_RETRY, COMPLETED));

  /**
   * Truncates the times and checks the values.
   *
   * @throws IllegalArgumentException if they contradict each other
   */
  public Task {
    created = created.truncatedTo(ChronoUnit.MICROS);
    retryAt = truncated(retryAt);
    begun = truncated(begun);
    ended = truncated(ended);
    require(STATES.contains(state), "a task does not have this state");
    require(
        (state == COMPLETED) == (result != RunResult.UNDETERMINED)
            && (state == COMPLETED) == (ended != null),
        "a task has a result and an end if and only if it is completed");
    require(
        (state == WAITING_TO_RETRY) == (retryAt != null),
        "a task has a time of its next attempt if and only if it waits for it");
    require(
        attempts >= (state == EXECUTING || state == WAITING_TO_RETRY ? 1 : 0), "too few attempts");
    require(
        state == COMPLETED || (state == NOT_STARTED) == (begun == null),
        "a task has begun if and only if it is started");
    require(
        begun == null ? attempts == 0 : !begun.isBefore(created),
        "a task with an attempt has begun, and not before it was created");
    require(
        ended == null || !ended.isBefore(begun == null ? created : begun),
        "a task does not end before it begins");
  }

  private static @Nullable Instant truncated(@Nullable Instant time) {
    return time == null ? null : time.truncatedTo(ChronoUnit.MICROS);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  /** Creates a task that has not started. */
  static Task notStarted(
      TaskId id,
      SourceFileId sourceFile,
      StorageFileId storageFileId,
      ConnectorType connectorType,
      Instant created) {
    return new Task(
        id,
        sourceFile,
        storageFileId,
        connectorType,
        created,
        NOT_STARTED,
        RunResult.UNDETERMINED,
        0,
        null,
        null,
        null,
        null,
        null);
  }

  /** {@return when the first attempt began; when the task was created, if none has begun} */
  public Instant started() {
    return begun == null ? created : begun;
  }

  /** {@return how many attempts followed the first one, 0 or more} */
  public int retryAttempts() {
    return Math.max(0, attempts - 1);
  }

  /** {@return whether the task is completed, which is final} */
  public boolean isCompleted() {
    return state == COMPLETED;
  }

  /** Returns whether an attempt may begin. */
  boolean isDue(Instant now) {
    return switch (state) {
      case NOT_STARTED, WAITING_TO_EXECUTE -> true;
      case WAITING_TO_RETRY -> retryAt != null && !now.isBefore(retryAt);
      default -> false;
    };
  }

  /** Returns the task during its next attempt. */
  Task executing(Instant now) {
    return open(EXECUTING, attempts + 1, null, null, begun == null ? now : begun);
  }

  /** Returns the task after an attempt that a connector ended. */
  Task after(AttemptOutcome outcome, RetryPolicy policy, Instant now) {
    return outcome.isTransient() && policy.allowsAnother(attempts)
        ? open(
            WAITING_TO_RETRY,
            attempts,
            now.plus(policy.backoffAfter(attempts)),
            outcome.error(),
            begun)
        : completed(outcome.result(), outcome.error(), outcome.report(), now);
  }

  /** Returns the task after an attempt that its worker stopped: it does not count. */
  Task afterStoppedAttempt() {
    return open(WAITING_TO_EXECUTE, attempts - 1, null, null, begun);
  }

  /** Returns the task after an attempt whose node does not execute it any more: it counts. */
  Task afterLostAttempt(RetryPolicy policy, Instant now) {
    var error = TaskError.of(ErrorKey.NODE_BECAME_UNUSABLE, "");
    return policy.allowsAnother(attempts)
        ? open(WAITING_TO_EXECUTE, attempts, null, error, begun)
        : completed(RunResult.ERROR, error, null, now);
  }

  /** Returns the task after its run was cancelled. */
  Task cancelled(Instant now) {
    return completed(RunResult.CANCELLED, TaskError.of(ErrorKey.TASK_WAS_CANCELLED, ""), null, now);
  }

  /** Returns the task after its run failed as a whole. */
  Task failed(TaskError error, Instant now) {
    return completed(RunResult.ERROR, error, null, now);
  }

  private Task open(
      RunState state,
      int attempts,
      @Nullable Instant retryAt,
      @Nullable TaskError error,
      @Nullable Instant begun) {
    return new Task(
        id,
        sourceFile,
        storageFileId,
        connectorType,
        created,
        state,
        RunResult.UNDETERMINED,
        attempts,
        retryAt,
        error,
        null,
        begun,
        null);
  }

  private Task completed(
      RunResult result,
      @Nullable TaskError error,
      @Nullable SynchronizationReport report,
      Instant now) {
    return new Task(
        id,
        sourceFile,
        storageFileId,
        connectorType,
        created,
        COMPLETED,
        result,
        attempts,
        null,
        error,
        report,
        begun,
        now);
  }
}
