package io.storageconnections.application.outcome;

import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.FileMappings;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.RunId;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.domain.run.RunKey;
import io.storageconnections.domain.run.TaskId;
import java.util.List;

/**
 * The reason why an operation failed. A failed operation changes no connection, no source file and
 * no run. Each failure is declared once; the interfaces {@code Of…} list the failures of an
 * operation.
 *
 * <p>If several failures apply, the operation reports the first of these: {@link Invalid}, {@link
 * InsufficientPermissions}, {@link IModelNotFound}, {@link ConnectionNotFound}, {@link
 * SourceFileNotFound}, {@link RunNotFound}, {@link TaskNotFound}, {@link Outdated}, {@link
 * ConnectionInUse}, {@link FilesAlreadyMapped}, {@link IModelDeleted}, {@link LimitReached}, {@link
 * RunNotCompleted}, {@link NothingToRetry}, {@link RunInProgress}, {@link NoSourceFiles}, {@link
 * StartRaceLost}.
 */
public sealed interface Failure {

  /** The reasons why a connection is not created. */
  sealed interface OfCreation extends Failure
      permits Invalid, InsufficientPermissions, FilesAlreadyMapped, LimitReached, IModelDeleted {}

  /** The reasons why connections are not listed. */
  sealed interface OfListing extends Failure permits Invalid, InsufficientPermissions {}

  /** The reasons why the audit trail of an iModel is not listed. */
  sealed interface OfAudit extends Failure
      permits Invalid, IModelNotFound, InsufficientPermissions {}

  /** The reasons why a connection, or the list of its source files, is not read. */
  sealed interface OfReading extends Failure permits Invalid, AccessRefused {}

  /** The reasons why a connection is not changed. */
  sealed interface OfChange extends Failure permits Invalid, AccessRefused, Outdated {}

  /** The reasons why a connection is not deleted. */
  sealed interface OfDeletion extends Failure
      permits Invalid, AccessRefused, Outdated, ConnectionInUse {}

  /** The reasons why source files are not added to a connection. */
  sealed interface OfFileAddition extends Failure
      permits Invalid, AccessRefused, FilesAlreadyMapped, LimitReached {}

  /** The reasons why a source file is not read. */
  sealed interface OfFileReading extends Failure permits Invalid, AccessRefused, FileNotFound {}

  /** The reasons why a source file is not changed. */
  sealed interface OfFileChange extends Failure
      permits Invalid, AccessRefused, FileNotFound, Outdated, FilesAlreadyMapped {}

  /** The reasons why a source file is not moved to another connection. */
  sealed interface OfFileMove extends Failure
      permits Invalid, AccessRefused, FileNotFound, Outdated {}

  /** The reasons why a source file is not removed. */
  sealed interface OfFileRemoval extends Failure
      permits Invalid, AccessRefused, FileNotFound, Outdated {}

  /** The reasons why a run is not started. */
  sealed interface OfRunStart extends Failure
      permits Invalid, AccessRefused, RunInProgress, NoSourceFiles, StartRaceLost {}

  /** The reasons why a run is not read, or not cancelled. */
  sealed interface OfRun extends Failure permits Invalid, AccessRefused, RunMissing {}

  /** The reasons why a run is not retried. */
  sealed interface OfRunRetry extends Failure
      permits Invalid,
          AccessRefused,
          RunMissing,
          RunNotCompleted,
          NothingToRetry,
          RunInProgress,
          StartRaceLost {}

  /** The reasons why the output of a task is not read. */
  sealed interface OfTask extends Failure
      permits Invalid, AccessRefused, RunMissing, TaskNotFound {}

  /** The caller may not work with the connection. */
  sealed interface AccessRefused
      extends OfReading,
          OfChange,
          OfDeletion,
          OfRunStart,
          OfRun,
          OfRunRetry,
          OfTask,
          OfFileAddition,
          OfFileReading,
          OfFileChange,
          OfFileMove,
          OfFileRemoval
      permits ConnectionNotFound, InsufficientPermissions {}

  /** The source file does not exist, or its whole connection does not. */
  sealed interface FileNotFound extends OfFileReading, OfFileChange, OfFileMove, OfFileRemoval
      permits ConnectionNotFound, SourceFileNotFound {}

  /** The run does not exist, or its whole connection does not. */
  sealed interface RunMissing extends OfRun, OfRunRetry, OfTask
      permits ConnectionNotFound, RunNotFound {}

  /**
   * The request is not valid, or names an iModel in its body or query that does not exist for the
   * caller, or a Storage file that the caller may not map to the iModel. A store never returns this
   * failure: a use case validates before it calls the store.
   *
   * @param violations everything that is wrong, in the order of the request's members; never empty
   */
  record Invalid(List<Violation> violations)
      implements OfCreation,
          OfListing,
          OfAudit,
          OfReading,
          OfChange,
          OfDeletion,
          OfFileAddition,
          OfFileReading,
          OfFileChange,
          OfFileMove,
          OfFileRemoval,
          OfRunStart,
          OfRun,
          OfRunRetry,
          OfTask {

    /** Copies the list. */
    public Invalid {
      violations = List.copyOf(violations);
    }
  }

  /**
   * The connection does not exist, or the caller cannot see its iModel.
   *
   * @param id the id that the request names
   */
  record ConnectionNotFound(ConnectionId id) implements AccessRefused, FileNotFound, RunMissing {}

  /**
   * The iModel exists for the caller, who may not do this with it.
   *
   * @param iModel the iModel that the request concerns
   */
  record InsufficientPermissions(IModelId iModel)
      implements OfCreation, OfListing, OfAudit, AccessRefused {}

  /**
   * The iModel that the path of the request names does not exist for the caller.
   *
   * @param id the id that the request names
   */
  record IModelNotFound(IModelId id) implements OfAudit {}

  /**
   * The connection exists and has no such source file.
   *
   * @param id the id that the request names
   */
  record SourceFileNotFound(SourceFileId id) implements FileNotFound {}

  /**
   * The precondition is not met.
   *
   * @param revision the current revision of the connection or source file
   */
  record Outdated(long revision)
      implements OfChange, OfDeletion, OfFileChange, OfFileMove, OfFileRemoval {}

  /**
   * Storage files of the request are mapped to the iModel already, or the request names one twice.
   *
   * @param conflicts one for each such file, in the order of the request; never empty. A change of
   *     one source file has one conflict, with index 0
   */
  record FilesAlreadyMapped(List<FileMappings.Conflict> conflicts)
      implements OfCreation, OfFileAddition, OfFileChange {

    /** Copies the list. */
    public FilesAlreadyMapped {
      conflicts = List.copyOf(conflicts);
    }
  }

  /**
   * The iModel would hold more than its limits allow.
   *
   * @param excess which limit would be exceeded, and by how much
   */
  record LimitReached(Limits.Excess excess) implements OfCreation, OfFileAddition {}

  /**
   * The iModel was deleted while the request was in progress.
   *
   * @param iModel the iModel that no longer exists
   */
  record IModelDeleted(IModelId iModel) implements OfCreation {}

  /**
   * The connection has a live run, so that it cannot be deleted.
   *
   * @param run the live run
   */
  record ConnectionInUse(RunKey run) implements OfDeletion {}

  /**
   * The connection exists and has no such run.
   *
   * @param id the id that the request names
   */
  record RunNotFound(RunId id) implements RunMissing {}

  /**
   * The run exists and has no such task.
   *
   * @param id the id that the request names
   */
  record TaskNotFound(TaskId id) implements OfTask {}

  /**
   * The connection has no source files, so that a run would do nothing.
   *
   * @param connection the connection
   */
  record NoSourceFiles(ConnectionId connection) implements OfRunStart {}

  /**
   * A run that was started before is live, so that the request starts none.
   *
   * @param run the live run; of the same iModel, perhaps of another connection
   */
  record RunInProgress(RunKey run) implements OfRunStart, OfRunRetry {}

  /**
   * Another request started a run at the same time.
   *
   * @param run the run that the other request started; of the same iModel, perhaps of another
   *     connection
   */
  record StartRaceLost(RunKey run) implements OfRunStart, OfRunRetry {}

  /**
   * The run that the request wants to retry is live itself.
   *
   * @param run the run
   */
  record RunNotCompleted(RunKey run) implements OfRunRetry {}

  /**
   * Every task of the run succeeded, or its file is no longer in the connection.
   *
   * @param run the run
   */
  record NothingToRetry(RunKey run) implements OfRunRetry {}
}
