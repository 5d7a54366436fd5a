package io.storageconnections.application.outcome;

import static java.util.stream.Collectors.joining;

import io.storageconnections.application.outcome.Failure.ConnectionInUse;
import io.storageconnections.application.outcome.Failure.ConnectionNotFound;
import io.storageconnections.application.outcome.Failure.FilesAlreadyMapped;
import io.storageconnections.application.outcome.Failure.IModelDeleted;
import io.storageconnections.application.outcome.Failure.IModelNotFound;
import io.storageconnections.application.outcome.Failure.InsufficientPermissions;
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
import io.storageconnections.domain.connection.FileMappings.Conflict;
import io.storageconnections.domain.connection.FileMappings.HeldFile;
import io.storageconnections.domain.connection.FileMappings.RepeatedFile;
import java.util.List;

/**
 * A {@link Failure} as an exception, for callers of {@link Outcome#orElseThrow}. The operation
 * changed no connection, no source file and no run. Each kind of failure has a subclass.
 */
public abstract sealed class OperationFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The greatest number of conflicts or violations that a message contains. */
  private static final int NAMED_MAX = 10;

  private OperationFailedException(String message) {
    super(message);
  }

  /** {@return why the operation failed} */
  public abstract Failure failure();

  /** Returns the exception for a failure, whose message describes it. */
  static OperationFailedException of(Failure failure) {
    return switch (failure) {
      case Invalid invalid -> new InvalidRequestException(invalid);
      case ConnectionNotFound missing ->
          new NotFoundException(missing, "connection " + missing.id() + " does not exist");
      case SourceFileNotFound missing ->
          new NotFoundException(missing, "the connection has no source file " + missing.id());
      case IModelNotFound missing ->
          new NotFoundException(missing, "iModel " + missing.id() + " does not exist");
      case InsufficientPermissions refused -> new InsufficientPermissionsException(refused);
      case Outdated outdated -> new OutdatedException(outdated);
      case FilesAlreadyMapped mapped -> new FilesAlreadyMappedException(mapped);
      case LimitReached reached -> new LimitReachedException(reached);
      case IModelDeleted deleted ->
          new NotFoundException(deleted, "iModel " + deleted.iModel() + " was deleted");
      case RunNotFound missing ->
          new NotFoundException(missing, "the connection has no run " + missing.id());
      case TaskNotFound missing ->
          new NotFoundException(missing, "the run has no task " + missing.id());
      case ConnectionInUse inUse ->
          new RunConflictException(inUse, "the connection has a live run " + inUse.run().run());
      case RunInProgress live ->
          new RunConflictException(live, "run " + live.run().run() + " is live");
      case StartRaceLost lost ->
          new RunConflictException(
              lost, "another request started run " + lost.run().run() + " at the same time");
      case RunNotCompleted live ->
          new RunConflictException(live, "run " + live.run().run() + " is not completed");
      case NothingToRetry nothing ->
          new RunConflictException(nothing, "run " + nothing.run().run() + " has no task to retry");
      case NoSourceFiles none ->
          new RunConflictException(
              none, "connection " + none.connection() + " has no source files");
    };
  }

  /** The request is not valid, or names an iModel that does not exist for the caller. */
  public static final class InvalidRequestException extends OperationFailedException {

    private static final long serialVersionUID = 1L;

    // Exceptions of this project are not sent to other processes.
    private final transient Invalid failure;

    private InvalidRequestException(Invalid failure) {
      super(
          "the request is not valid: "
              + enumerated(
                  failure.violations().stream()
                      .map(violation -> violation.path() + " is " + text(violation.kind()))
                      .toList()));
      this.failure = failure;
    }

    private static String text(Violation.Kind kind) {
      return switch (kind) {
        case MISSING -> "missing";
        case EMPTY -> "empty";
        case INVALID -> "invalid";
      };
    }

    @Override
    public Invalid failure() {
      return failure;
    }
  }

  /** The caller may not do this with the iModel. */
  public static final class InsufficientPermissionsException extends OperationFailedException {

    private static final long serialVersionUID = 1L;

    private final transient InsufficientPermissions failure;

    private InsufficientPermissionsException(InsufficientPermissions failure) {
      super("the caller may not do this with iModel " + failure.iModel());
      this.failure = failure;
    }

    @Override
    public InsufficientPermissions failure() {
      return failure;
    }
  }

  /** The connection, source file, run or task does not exist, or the iModel was deleted. */
  public static final class NotFoundException extends OperationFailedException {

    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    private NotFoundException(Failure failure, String message) {
      super(message);
      this.failure = failure;
    }

    @Override
    public Failure failure() {
      return failure;
    }
  }

  /** The precondition is not met. */
  public static final class OutdatedException extends OperationFailedException {

    private static final long serialVersionUID = 1L;

    private final transient Outdated failure;

    private OutdatedException(Outdated failure) {
      super("the precondition is not met: the current revision is " + failure.revision());
      this.failure = failure;
    }

    @Override
    public Outdated failure() {
      return failure;
    }
  }

  /** Storage files are mapped to the iModel already, or the request names one twice. */
  public static final class FilesAlreadyMappedException extends OperationFailedException {

    private static final long serialVersionUID = 1L;

    private final transient FilesAlreadyMapped failure;

    private FilesAlreadyMappedException(FilesAlreadyMapped failure) {
      super(
          enumerated(failure.conflicts().stream().map(FilesAlreadyMappedException::text).toList()));
      this.failure = failure;
    }

    private static String text(Conflict conflict) {
      return switch (conflict) {
        case HeldFile held ->
            "Storage file "
                + held.file()
                + " is already mapped to the iModel by connection "
                + held.holder().connection();
        case RepeatedFile repeated ->
            "the request names Storage file " + repeated.file() + " more than once";
      };
    }

    @Override
    public FilesAlreadyMapped failure() {
      return failure;
    }
  }

  /** The iModel would hold more than its limits allow. */
  public static final class LimitReachedException extends OperationFailedException {

    private static final long serialVersionUID = 1L;

    private final transient LimitReached failure;

    private LimitReachedException(LimitReached failure) {
      super(text(failure));
      this.failure = failure;
    }

    private static String text(LimitReached reached) {
      var excess = reached.excess();
      var subject =
          switch (excess.subject()) {
            case CONNECTIONS -> "connections";
            case SOURCE_FILES -> "source files";
          };
      return "the iModel may have %d %s, has %d, and would get %d more"
          .formatted(excess.limit(), subject, excess.present(), excess.more());
    }

    @Override
    public LimitReached failure() {
      return failure;
    }
  }

  /** A run is live that prevents the operation, or a run would have nothing to do. */
  public static final class RunConflictException extends OperationFailedException {

    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    private RunConflictException(Failure failure, String message) {
      super(message);
      this.failure = failure;
    }

    @Override
    public Failure failure() {
      return failure;
    }
  }

  private static String enumerated(List<String> texts) {
    var named = texts.stream().limit(NAMED_MAX).collect(joining("; "));
    return texts.size() > NAMED_MAX
        ? named + "; and " + (texts.size() - NAMED_MAX) + " more"
        : named;
  }
}
