package io.storageconnections.application.run;

import io.storageconnections.application.port.Connectors;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.run.Run;
import io.storageconnections.domain.run.Task;
import java.time.Instant;
import java.util.Optional;

/**
 * A run, and what it waits for.
 *
 * @param run the run
 * @param waitsFor what the run waits for; empty if and only if it is completed
 */
public record RunDetails(Run run, Optional<Wait> waitsFor) {

  /** What a live run waits for. */
  public sealed interface Wait {}

  /** A worker that is free. */
  public record ForWorker() implements Wait {}

  /**
   * A worker that fails the next task, because its node has no connector for it. Other nodes may be
   * configured differently.
   *
   * @param connectorType the type for which this node has no connector
   */
  public record ForMissingConnector(ConnectorType connectorType) implements Wait {}

  /**
   * The time of the next attempt at a task that failed with a transient error.
   *
   * @param time when the attempt begins at the earliest
   */
  public record ForRetry(Instant time) implements Wait {}

  /**
   * The end of an attempt.
   *
   * @param task the task that is attempted
   */
  public record ForConnector(Task task) implements Wait {}

  /**
   * The worker that stops the attempt in progress, because the run was cancelled.
   *
   * @param task the task that is attempted
   */
  public record ForStop(Task task) implements Wait {}

  static RunDetails of(Run run, Connectors connectors) {
    return new RunDetails(run, wait(run, connectors));
  }

  private static Optional<Wait> wait(Run run, Connectors connectors) {
    return switch (run.state()) {
      case COMPLETED -> Optional.empty();
      case WAITING_TO_RETRY -> run.retryAt().map(ForRetry::new);
      case EXECUTING ->
          run.currentTask()
              .map(task -> run.cancelRequested() ? new ForStop(task) : new ForConnector(task));
      default ->
          Optional.of(
              run.tasks().stream()
                  .filter(task -> !task.isCompleted())
                  .map(Task::connectorType)
                  .findFirst()
                  .filter(type -> connectors.connector(type).isEmpty())
                  .<Wait>map(ForMissingConnector::new)
                  .orElseGet(ForWorker::new));
    };
  }
}
