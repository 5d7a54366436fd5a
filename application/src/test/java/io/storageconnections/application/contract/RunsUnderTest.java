package io.storageconnections.application.contract;

import static io.storageconnections.application.contract.OutcomeAssertions.assertSuccess;
import static io.storageconnections.domain.audit.AuditFixtures.CAUSE;
import static io.storageconnections.domain.connection.ConnectionFixtures.connection;
import static io.storageconnections.domain.connection.ConnectionFixtures.iModel;

import io.storageconnections.application.port.NewRun;
import io.storageconnections.application.port.RunRules;
import io.storageconnections.application.port.RunStore;
import io.storageconnections.application.port.StorageConnectionStore;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.NewConnection;
import io.storageconnections.domain.connection.Origin;
import io.storageconnections.domain.connection.RunId;
import io.storageconnections.domain.run.AttemptOutcome;
import io.storageconnections.domain.run.RetryPolicy;
import io.storageconnections.domain.run.Run;
import io.storageconnections.domain.run.RunExclusivity;
import io.storageconnections.domain.run.RunKey;
import io.storageconnections.domain.run.Transition;
import io.storageconnections.domain.run.Transition.Applied;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Supplies the stores under test to the parts of {@link RunStoreContract}, and drives runs. */
interface RunsUnderTest {

  Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");

  RetryPolicy RETRIES = new RetryPolicy(2, Duration.ofSeconds(30));

  RunRules PER_IMODEL = RunRules.DEFAULT;

  RunRules PER_CONNECTION = new RunRules(RunExclusivity.PER_CONNECTION, 1_000);

  /**
   * Returns the store of the connections: the same instance at each call within a test. It knows
   * the live runs of {@link #runs()}.
   */
  StorageConnectionStore connections();

  /** Returns the store under test: the same instance at each call within a test. */
  RunStore runs();

  /**
   * Returns another store of the same kind that cannot be reached: every method of it must throw a
   * {@link io.storageconnections.application.port.StoreException}. Empty if a store of this kind is
   * always available; JUnit then reports one test as skipped.
   */
  Optional<RunStore> unavailableRuns();

  /** Adds a connection with the given files. */
  default NewConnection added(IModelId iModel, String... files) {
    var connection = connection().of(iModel).mapping(files).build();
    assertSuccess(connections().add(CAUSE, connection, Limits.NONE));
    return connection;
  }

  /** Adds a connection with one file to a new iModel. */
  default NewConnection added() {
    return added(iModel(), "site.dgn");
  }

  /** Returns values with which a run starts. */
  static NewRun newRun(Instant now) {
    return new NewRun(
        new RunId(UUID.randomUUID()),
        new Origin(
            "client",
            "subject",
            "correlation",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
        UUID::randomUUID,
        now);
  }

  /** Starts a run of a connection that has none that is live. */
  default Run started(ConnectionId connection) {
    return assertSuccess(runs().start(connection, newRun(NOW), PER_IMODEL));
  }

  /** Applies an event that must fit. */
  default Run changed(RunKey run, Function<Run, Transition> event) {
    var transition = assertSuccess(runs().change(run, event));
    if (transition instanceof Applied applied) {
      return applied.run();
    }
    throw new AssertionError("refused: " + transition);
  }

  /** Picks up a run. */
  default Run pickedUp(RunKey run, long fence) {
    return changed(run, current -> current.pickUp(fence, "node", RETRIES, NOW));
  }

  /** Begins an attempt at the next task. */
  default Run begun(RunKey run, long fence) {
    return changed(
        run, current -> current.beginAttempt(fence, current.nextTask(NOW).orElseThrow().id(), NOW));
  }

  /** Ends the attempt in progress. */
  default Run ended(RunKey run, long fence, AttemptOutcome outcome) {
    return changed(
        run,
        current -> {
          var task = current.currentTask().orElseThrow();
          return current.endAttempt(fence, task.id(), outcome, RETRIES, NOW);
        });
  }

  /** Executes a run, whose tasks have the given outcomes, to its end. */
  default Run completed(RunKey run, AttemptOutcome... outcomes) {
    pickedUp(run, 1);
    for (var outcome : outcomes) {
      begun(run, 1);
      ended(run, 1, outcome);
    }
    return assertSuccess(runs().find(run));
  }
}
