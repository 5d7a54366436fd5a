package io.storageconnections.domain.run;

import static io.storageconnections.domain.run.RunState.COMPLETED;
import static io.storageconnections.domain.run.RunState.EXECUTING;
import static io.storageconnections.domain.run.RunState.WAITING_TO_EXECUTE;
import static io.storageconnections.domain.run.RunState.WAITING_TO_RETRY;

import io.storageconnections.domain.connection.ConnectorType;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * All files of one connector type in a run. State, result and times follow from the tasks and are
 * not stored, so that they never contradict the tasks.
 *
 * @param id the id; never changes
 * @param tasks the tasks, in the order in which they are executed; at least one; all of one
 *     connector type; copied
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/get-storage-connection-run">Get
 *     Storage Connection Run</a>
 */
public record Job(JobId id, List<Task> tasks) {

  /**
   * Checks the tasks.
   *
   * @throws IllegalArgumentException if there are none, or they have several connector types
   */
  public Job {
    tasks = List.copyOf(tasks);
    if (tasks.stream().map(Task::connectorType).distinct().count() != 1) {
      throw new IllegalArgumentException("a job has tasks of one connector type");
    }
  }

  /** {@return the connector that reads the files} */
  public ConnectorType connectorType() {
    return tasks.getFirst().connectorType();
  }

  /**
   * {@return {@code COMPLETED} if all tasks are completed; else {@code EXECUTING} if one is
   * executing; else {@code NOT_STARTED} if none has begun; else {@code WAITING_TO_RETRY} if all
   * open tasks wait for a retry; else {@code WAITING_TO_EXECUTE}}
   */
  public RunState state() {
    var states = tasks.stream().map(Task::state).collect(Collectors.toSet());
    if (states.contains(EXECUTING)) {
      return EXECUTING;
    }
    if (states.size() == 1) {
      return states.iterator().next();
    }
    states.remove(COMPLETED);
    return states.equals(Set.of(WAITING_TO_RETRY)) ? WAITING_TO_RETRY : WAITING_TO_EXECUTE;
  }

  /** {@return {@link RunResult#ofAll} of the results of the tasks} */
  public RunResult result() {
    return RunResult.ofAll(tasks.stream().map(Task::result).toList());
  }

  /**
   * {@return when the first attempt at a task began; when the job was created, if none has begun}
   */
  public Instant started() {
    return tasks.stream()
        .map(Task::begun)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .orElse(tasks.getFirst().created());
  }

  /** {@return when the last task was completed; empty if a task is open} */
  public Optional<Instant> ended() {
    return latestEnd(tasks);
  }

  /** Returns the end of the task that ended last; empty if a task is open. */
  static Optional<Instant> latestEnd(List<Task> tasks) {
    return tasks.stream().allMatch(Task::isCompleted)
        ? tasks.stream().map(Task::ended).filter(Objects::nonNull).max(Comparator.naturalOrder())
        : Optional.empty();
  }

  Job with(UnaryOperator<Task> change) {
    return new Job(id, tasks.stream().map(change).toList());
  }
}
