package io.storageconnections.application.port;

import io.storageconnections.domain.run.Run;
import io.storageconnections.domain.run.Task;
import java.time.Instant;
import java.util.Optional;

/**
 * One attempt at a task.
 *
 * @param run the run during the attempt
 * @param task the task during the attempt; {@code task.attempts()} is the number of the attempt,
 *     which may occur twice if a node stopped during the first one
 * @param source the content of the file, never of 0 bytes; empty if Storage is not known. The
 *     caller closes it
 * @param deadline when the attempt exceeds its time limit
 */
public record Attempt(
    Run run, Task task, Optional<SourceContents.Opened> source, Instant deadline) {}
