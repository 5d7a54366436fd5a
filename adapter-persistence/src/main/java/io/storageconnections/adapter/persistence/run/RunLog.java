package io.storageconnections.adapter.persistence.run;

import io.storageconnections.domain.run.Run;
import io.storageconnections.domain.run.Task;
import io.storageconnections.domain.run.Transition.Applied;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs one line for each transition of a run, with the request that started the run. */
public final class RunLog {

  private static final Logger LOG = LoggerFactory.getLogger(RunLog.class);

  /** The greatest number of tasks in a line. */
  private static final int TASKS_MAX = 10;

  private RunLog() {}

  /** Logs the start of a run. */
  public static void started(Run run) {
    LOG.info(
        "Run {} of connection {} is queued: {} files; client {}, correlation id {}",
        run.id(),
        run.connection(),
        run.tasks().size(),
        run.origin().client(),
        run.origin().correlationId());
  }

  /** Logs a transition. */
  public static void changed(Applied transition) {
    if (!LOG.isInfoEnabled()) {
      return;
    }
    var run = transition.run();
    LOG.info(
        "Run {} of connection {}: {} -> {}{}{}; node {}, correlation id {}",
        run.id(),
        run.connection(),
        transition.before().state(),
        run.state(),
        run.isCompleted() ? " with result " + run.result() : "",
        text(transition.changedTasks()),
        run.node() == null ? transition.before().node() : run.node(),
        run.origin().correlationId());
  }

  /** Returns the first tasks: a cancel may change thousands. */
  private static String text(List<Task> tasks) {
    var text = tasks.stream().limit(TASKS_MAX).map(RunLog::text).collect(Collectors.joining());
    return tasks.size() > TASKS_MAX
        ? text + ", and " + (tasks.size() - TASKS_MAX) + " more tasks"
        : text;
  }

  private static String text(Task task) {
    var error = task.error();
    return ", task %s (attempt %d) %s%s"
        .formatted(
            task.id(),
            task.attempts(),
            task.isCompleted() ? task.result() : task.state(),
            error == null ? "" : " " + error.descriptionKey());
  }
}
