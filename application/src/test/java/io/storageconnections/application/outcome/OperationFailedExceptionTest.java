package io.storageconnections.application.outcome;

import static io.storageconnections.domain.connection.ConnectionFixtures.connection;
import static io.storageconnections.domain.connection.ConnectionFixtures.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.storageconnections.application.outcome.Failure.ConnectionInUse;
import io.storageconnections.application.outcome.Failure.ConnectionNotFound;
import io.storageconnections.application.outcome.Failure.FilesAlreadyMapped;
import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Failure.LimitReached;
import io.storageconnections.application.outcome.Failure.NoSourceFiles;
import io.storageconnections.application.outcome.Failure.NothingToRetry;
import io.storageconnections.application.outcome.Failure.Outdated;
import io.storageconnections.application.outcome.Failure.RunInProgress;
import io.storageconnections.application.outcome.Failure.RunNotCompleted;
import io.storageconnections.application.outcome.Failure.RunNotFound;
import io.storageconnections.application.outcome.Failure.SourceFileNotFound;
import io.storageconnections.application.outcome.Failure.StartRaceLost;
import io.storageconnections.application.outcome.Failure.TaskNotFound;
import io.storageconnections.application.outcome.OperationFailedException.FilesAlreadyMappedException;
import io.storageconnections.application.outcome.OperationFailedException.InvalidRequestException;
import io.storageconnections.application.outcome.OperationFailedException.LimitReachedException;
import io.storageconnections.application.outcome.OperationFailedException.NotFoundException;
import io.storageconnections.application.outcome.OperationFailedException.OutdatedException;
import io.storageconnections.application.outcome.OperationFailedException.RunConflictException;
import io.storageconnections.domain.connection.FileMappings.Conflict;
import io.storageconnections.domain.connection.FileMappings.HeldFile;
import io.storageconnections.domain.connection.FileMappings.Holder;
import io.storageconnections.domain.connection.FileMappings.RepeatedFile;
import io.storageconnections.domain.connection.Limits.Excess;
import io.storageconnections.domain.connection.Limits.Subject;
import io.storageconnections.domain.connection.RunId;
import io.storageconnections.domain.run.RunKey;
import io.storageconnections.domain.run.TaskId;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class OperationFailedExceptionTest {

  private static void assertThrown(
      Failure failure, Class<? extends OperationFailedException> type, String message) {
    var outcome = Outcome.<Removed, Failure>failed(failure);
    assertThatExceptionOfType(type)
        .isThrownBy(outcome::orElseThrow)
        .withMessage(message)
        .satisfies(thrown -> assertThat(thrown.failure()).isSameAs(failure));
  }

  @Test
  void the_value_of_a_success_is_returned() {
    assertThat(Outcome.success("value").orElseThrow()).isEqualTo("value");
  }

  @Test
  void each_kind_of_failure_has_its_exception_whose_message_describes_it() {
    var holder = connection().mapping("a.dgn").build();
    var sourceFile = holder.sourceFiles().getFirst().id();
    var file = file("a.dgn");
    assertThrown(
        new Invalid(
            List.of(
                new Violation(Violation.Kind.MISSING, "iModelId"),
                new Violation(Violation.Kind.EMPTY, "sourceFiles"),
                new Violation(Violation.Kind.INVALID, "displayName"))),
        InvalidRequestException.class,
        "the request is not valid: iModelId is missing; sourceFiles is empty; displayName is"
            + " invalid");
    assertThrown(
        new ConnectionNotFound(holder.id()),
        NotFoundException.class,
        "connection " + holder.id() + " does not exist");
    assertThrown(
        new SourceFileNotFound(sourceFile),
        NotFoundException.class,
        "the connection has no source file " + sourceFile);
    assertThrown(
        new Outdated(3),
        OutdatedException.class,
        "the precondition is not met: the current revision is 3");
    assertThrown(
        new FilesAlreadyMapped(
            List.of(
                new HeldFile(0, file, new Holder(holder.id(), null, sourceFile)),
                new RepeatedFile(2, file, 1))),
        FilesAlreadyMappedException.class,
        "Storage file %s is already mapped to the iModel by connection %s; the request names Storage file %s more than once"
            .formatted(file, holder.id(), file));
    assertThrown(
        new LimitReached(new Excess(Subject.SOURCE_FILES, 250, 249, 2)),
        LimitReachedException.class,
        "the iModel may have 250 source files, has 249, and would get 2 more");
  }

  @Test
  void each_failure_of_a_run_has_its_exception_whose_message_names_the_run() {
    var run = new RunKey(connection().build().id(), new RunId(UUID.randomUUID()));
    var task = new TaskId(UUID.randomUUID());
    assertThrown(
        new RunNotFound(run.run()),
        NotFoundException.class,
        "the connection has no run " + run.run());
    assertThrown(new TaskNotFound(task), NotFoundException.class, "the run has no task " + task);
    assertThrown(
        new ConnectionInUse(run),
        RunConflictException.class,
        "the connection has a live run " + run.run());
    assertThrown(
        new RunInProgress(run), RunConflictException.class, "run " + run.run() + " is live");
    assertThrown(
        new StartRaceLost(run),
        RunConflictException.class,
        "another request started run " + run.run() + " at the same time");
    assertThrown(
        new RunNotCompleted(run),
        RunConflictException.class,
        "run " + run.run() + " is not completed");
    assertThrown(
        new NothingToRetry(run),
        RunConflictException.class,
        "run " + run.run() + " has no task to retry");
    assertThrown(
        new NoSourceFiles(run.connection()),
        RunConflictException.class,
        "connection " + run.connection() + " has no source files");
  }

  @Test
  void a_message_names_at_most_ten_conflicts() {
    var conflicts =
        IntStream.rangeClosed(1, 12)
            .<Conflict>mapToObj(index -> new RepeatedFile(index, file("a.dgn"), 0))
            .toList();
    assertThat(OperationFailedException.of(new FilesAlreadyMapped(conflicts)))
        .hasMessageEndingWith("; and 2 more");
  }
}
