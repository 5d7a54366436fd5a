package io.storageconnections.application.outcome;

import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.FileMappings;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.SourceFileId;
import java.util.List;

/**
 * The reason why an operation failed. A failed operation changes no connection and no source file.
 * Each failure is declared once; the interfaces {@code Of…} list the failures of an operation.
 *
 * <p>If several failures apply, the operation reports the first of these: {@link Invalid}, {@link
 * InsufficientPermissions}, {@link ConnectionNotFound}, {@link SourceFileNotFound}, {@link
 * Outdated}, {@link FilesAlreadyMapped}, {@link IModelDeleted}, {@link LimitReached}.
 */
public sealed interface Failure {

  /** The reasons why a connection is not created. */
  sealed interface OfCreation extends Failure
      permits Invalid, InsufficientPermissions, FilesAlreadyMapped, LimitReached, IModelDeleted {}

  /** The reasons why connections are not listed. */
  sealed interface OfListing extends Failure permits Invalid, InsufficientPermissions {}

  /** The reasons why a connection, or the list of its source files, is not read. */
  sealed interface OfReading extends Failure permits Invalid, AccessRefused {}

  /** The reasons why a connection is not changed or deleted. */
  sealed interface OfChange extends Failure permits Invalid, AccessRefused, Outdated {}

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

  /** The caller may not work with the connection. */
  sealed interface AccessRefused
      extends OfReading,
          OfChange,
          OfFileAddition,
          OfFileReading,
          OfFileChange,
          OfFileMove,
          OfFileRemoval
      permits ConnectionNotFound, InsufficientPermissions {}

  /** The source file does not exist, or its whole connection does not. */
  sealed interface FileNotFound extends OfFileReading, OfFileChange, OfFileMove, OfFileRemoval
      permits ConnectionNotFound, SourceFileNotFound {}

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
          OfReading,
          OfChange,
          OfFileAddition,
          OfFileReading,
          OfFileChange,
          OfFileMove,
          OfFileRemoval {

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
  record ConnectionNotFound(ConnectionId id) implements AccessRefused, FileNotFound {}

  /**
   * The iModel exists for the caller, who may not do this with it.
   *
   * @param iModel the iModel that the request concerns
   */
  record InsufficientPermissions(IModelId iModel) implements OfCreation, OfListing, AccessRefused {}

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
  record Outdated(long revision) implements OfChange, OfFileChange, OfFileMove, OfFileRemoval {}

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
}
