package io.storageconnections.application.port;

import io.storageconnections.domain.run.Run;
import io.storageconnections.domain.run.Task;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a task.
 *
 * @param run the run during the attempt
 * @param task the task during the attempt; {@code task.attempts()} is the number of the attempt,
 *     which may occur twice if a node stopped during the first one
 * @param source the content of the file, never of 0 bytes; empty if Storage is not known. The
 *     caller closes it
 * @param deadline when the attempt exceeds its time limit
 * @param traceParent the trace that the attempt is part of, in the form of the header {@code
 *     traceparent} of the W3C; null if there is none
 */
public record Attempt(
    Run run,
    Task task,
    Optional<SourceContents.Opened> source,
    Instant deadline,
    @Nullable String traceParent) {

  /**
   * Creates an attempt that is part of the trace of the request that started the run.
   *
   * @param run the run during the attempt
   * @param task the task during the attempt
   * @param source the content of the file, never of 0 bytes; empty if Storage is not known
   * @param deadline when the attempt exceeds its time limit
   */
  public Attempt(Run run, Task task, Optional<SourceContents.Opened> source, Instant deadline) {
    this(run, task, source, deadline, run.origin().traceParent());
  }

  /**
   * Returns this attempt as another part of a trace.
   *
   * @param trace the trace in the form of the header {@code traceparent}
   * @return the same attempt with this trace
   */
  public Attempt withTraceParent(String trace) {
    return new Attempt(run, task, source, deadline, trace);
  }
}
