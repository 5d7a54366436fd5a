package io.storageconnections.adapter.http.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.storageconnections.application.run.RunDetails;
import io.storageconnections.application.run.RunDetails.ForConnector;
import io.storageconnections.application.run.RunDetails.ForMissingConnector;
import io.storageconnections.application.run.RunDetails.ForRetry;
import io.storageconnections.application.run.RunDetails.ForStop;
import io.storageconnections.application.run.RunDetails.ForWorker;
import io.storageconnections.application.run.RunDetails.Wait;
import io.storageconnections.domain.run.Run;
import io.storageconnections.domain.run.RunState;
import io.storageconnections.domain.run.Task;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a run, in numbers and words for people. An addition of this project.
 *
 * @param tasksTotal the number of tasks, 1 or more
 * @param tasksCompleted the number of tasks that are completed, with any result
 * @param tasksFailed the number of tasks that are completed with an error or because of a time
 *     limit
 * @param attempt the number of the attempt in progress, from 1; if none is, the greatest number of
 *     attempts that have begun at a task that is open, or, of a completed run, at any task
 * @param node the name of the node that has the run; null if none has it
 * @param waitingFor what the run waits for; null, and absent from the body, if it is completed
 */
record RunProgress(
    int tasksTotal,
    int tasksCompleted,
    int tasksFailed,
    int attempt,
    @Nullable String node,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String waitingFor) {

  private static final DateTimeFormatter TIME_OF_DAY =
      DateTimeFormatter.ofPattern("HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter DATE_AND_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final Duration DAY = Duration.ofDays(1);

  /** Returns the progress of a run. */
  static RunProgress of(RunDetails details) {
    var run = details.run();
    return new RunProgress(
        run.tasks().size(),
        count(run, Task::isCompleted),
        count(run, RunProgress::hasFailed),
        attempt(run),
        run.node(),
        details.waitsFor().map(wait -> text(wait, run)).orElse(null));
  }

  private static int count(Run run, Predicate<Task> condition) {
    return (int) run.tasks().stream().filter(condition).count();
  }

  private static boolean hasFailed(Task task) {
    return switch (task.result()) {
      case ERROR, TIMED_OUT -> true;
      case UNDETERMINED, SUCCESS, PARTIAL_SUCCESS, SKIPPED, CANCELLED -> false;
    };
  }

  private static int attempt(Run run) {
    return run.tasks().stream()
        .filter(task ->
            switch (run.state()) {
              case EXECUTING -> task.state() == RunState.EXECUTING;
              case COMPLETED -> true;
              default -> !task.isCompleted();
            })
        .mapToInt(Task::attempts)
        .max()
        .orElse(0);
  }

  private static String text(Wait wait, Run run) {
    return switch (wait) {
      case ForWorker worker -> "a free worker";
      case ForMissingConnector(var type) -> "no connector is configured for " + type;
      case ForRetry(var time) ->
          // Compared with the last change, so that the text does not change with the time.
          "retry at "
              + (time.isAfter(run.changed().plus(DAY)) ? DATE_AND_TIME : TIME_OF_DAY).format(time);
      case ForConnector(var task) ->
          "the end of attempt %d at file %s by connector %s"
              .formatted(task.attempts(), task.storageFileId(), task.connectorType());
      case ForStop(var task) ->
          "the stop of connector %s, because the run was cancelled".formatted(task.connectorType());
    };
  }
}
