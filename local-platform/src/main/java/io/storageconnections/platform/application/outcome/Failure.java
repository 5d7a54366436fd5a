package io.storageconnections.platform.application.outcome;

import io.storageconnections.application.outcome.Violation;
import java.util.List;

/**
 * The reason why an operation failed. A failed operation changes nothing. What a caller may not
 * even read does not exist for the caller.
 */
public sealed interface Failure {

  /**
   * The request is not valid.
   *
   * @param violations everything that is wrong, in the order of the request's members; never empty
   */
  record Invalid(List<Violation> violations) implements Failure {

    /** Copies the list. */
    public Invalid {
      violations = List.copyOf(violations);
    }
  }

  /** The caller may read, but not do this. */
  record Forbidden() implements Failure {}

  /** The iTwin does not exist for the caller. */
  record ITwinNotFound() implements Failure {}

  /** Another iTwin of the same creator and subclass has the number. */
  record ITwinExists() implements Failure {}

  /** The iModel does not exist for the caller. */
  record IModelNotFound() implements Failure {}

  /** Another iModel of the iTwin has the name. */
  record IModelExists() implements Failure {}

  /** The subject is not a member of the iTwin. */
  record MemberNotFound() implements Failure {}

  /** The iTwin would have no owner. */
  record LastOwner() implements Failure {}

  /** The user does not exist for the caller. */
  record UserNotFound() implements Failure {}

  /** The file does not exist for the caller, or is not complete. */
  record FileNotFound() implements Failure {}

  /** The upload does not exist any more. */
  record UploadNotFound() implements Failure {}

  /** The content of the file does not meet the precondition of the upload. */
  record ContentOutdated() implements Failure {}

  /** The folder does not exist for the caller. */
  record FolderNotFound() implements Failure {}

  /** The file cannot be completed, because nothing was uploaded. */
  record NothingUploaded() implements Failure {}
}
