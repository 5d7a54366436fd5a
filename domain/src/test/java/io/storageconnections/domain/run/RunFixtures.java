package io.storageconnections.domain.run;

import io.storageconnections.domain.connection.ConnectionFixtures;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.Origin;
import io.storageconnections.domain.connection.RunId;
import io.storageconnections.domain.connection.SourceFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Runs for tests: {@code runOf(MSTN, MSTN, DWG)} has three files. */
final class RunFixtures {

  /** When the runs start. */
  static final Instant START = Instant.parse("2026-01-02T03:04:05.678901Z");

  /** Three attempts; one hour between the first two, two hours between the others. */
  static final RetryPolicy POLICY = new RetryPolicy(3, Duration.ofHours(1));

  static final Origin ORIGIN = new Origin("cli", "user", "correlation");

  private RunFixtures() {}

  /** Starts a run of one new file for each connector type. */
  static Run runOf(ConnectorType... types) {
    return Run.start(
        new RunId(UUID.randomUUID()),
        new ConnectionId(ConnectionFixtures.IMODEL, UUID.randomUUID()),
        ORIGIN,
        files(types),
        UUID::randomUUID,
        START);
  }

  /** Returns one new source file for each connector type. */
  static List<SourceFile> files(ConnectorType... types) {
    var files = new ArrayList<SourceFile>();
    for (var type : types) {
      files.addAll(ConnectionFixtures.connection().readBy(type).sourceFiles());
    }
    return files;
  }

  /** Returns the run after an event that must change it. */
  static Run applied(Transition transition) {
    if (transition instanceof Transition.Applied applied) {
      return applied.run();
    }
    throw new AssertionError(transition);
  }
}
