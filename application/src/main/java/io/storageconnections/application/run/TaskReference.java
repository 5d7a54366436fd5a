package io.storageconnections.application.run;

import io.storageconnections.application.validation.ParsableAs;
import io.storageconnections.application.validation.Request;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.RunId;
import io.storageconnections.domain.run.RunKey;
import io.storageconnections.domain.run.TaskId;
import jakarta.validation.constraints.NotNull;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The ids of a connection, of one of its runs, and of a task of that run, not yet validated.
 *
 * @param connectionId the text form of a {@link ConnectionId}; required
 * @param runId the text form of a {@link RunId}; required
 * @param taskId the text form of a {@link TaskId}; required
 */
public record TaskReference(
    @NotNull @ParsableAs(ConnectionId.class) @Nullable String connectionId,
    @NotNull @ParsableAs(RunId.class) @Nullable String runId,
    @NotNull @ParsableAs(TaskId.class) @Nullable String taskId)
    implements Request {

  /**
   * Creates a reference from the parsed ids.
   *
   * @param run identifies the run
   * @param task the id of the task
   * @return a valid reference
   */
  public static TaskReference of(RunKey run, TaskId task) {
    return new TaskReference(run.connection().toString(), run.run().toString(), task.toString());
  }

  /** Returns the run of a valid reference. */
  RunKey run() {
    return new RunReference(connectionId, runId).key();
  }

  /** Returns the task of a valid reference. */
  TaskId task() {
    return TaskId.parse(Objects.requireNonNull(taskId));
  }
}
