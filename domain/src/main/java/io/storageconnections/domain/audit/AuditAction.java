package io.storageconnections.domain.audit;

import io.storageconnections.domain.connection.InvalidValueException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a caller has done. The text form is stored and sent, so that it never changes: a constant
 * may be added, but not renamed.
 */
public enum AuditAction {
  /** A connection was created with its source files. */
  CONNECTION_CREATED("ConnectionCreated"),
  /** The display name or the authentication type of a connection was changed. */
  CONNECTION_UPDATED("ConnectionUpdated"),
  /** A connection was deleted, by itself or with its iModel. */
  CONNECTION_DELETED("ConnectionDeleted"),
  /** Source files were added to a connection. */
  SOURCE_FILES_ADDED("SourceFilesAdded"),
  /** The Storage file or the connector type of a source file was replaced. */
  SOURCE_FILE_UPDATED("SourceFileUpdated"),
  /** A source file was moved to another connection; each of the two connections has an entry. */
  SOURCE_FILE_MOVED("SourceFileMoved"),
  /** A source file was removed from its connection. */
  SOURCE_FILE_REMOVED("SourceFileRemoved"),
  /** A run was started. */
  RUN_STARTED("RunStarted"),
  /** The cancellation of a run was requested. */
  RUN_CANCELLED("RunCancelled"),
  /** A run of the tasks of another run that did not succeed was started. */
  RUN_RETRIED("RunRetried"),
  /** The iModel was deleted. */
  IMODEL_DELETED("IModelDeleted");

  private static final Map<String, AuditAction> BY_TEXT =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(AuditAction::toString, Function.identity()));

  private final String text;

  AuditAction(String text) {
    this.text = text;
  }

  /**
   * Parses the text form.
   *
   * @param text the name of an action; case-sensitive
   * @return the action with this name
   * @throws InvalidValueException if no action has this name
   */
  public static AuditAction parse(String text) {
    var action = BY_TEXT.get(text);
    if (action == null) {
      throw new InvalidValueException("one of " + Arrays.toString(values()));
    }
    return action;
  }

  /** {@return the text form, as {@link #parse} reads it} */
  @Override
  public String toString() {
    return text;
  }
}
