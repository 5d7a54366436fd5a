package io.storageconnections.embedded;

import io.storageconnections.application.port.Caller;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.domain.connection.StorageConnection;
import java.util.List;

/**
 * The report of a change that a caller made through a {@link StorageConnectionsService}, which is
 * committed. Immutable.
 */
public sealed interface ChangeEvent {

  /** {@return the caller who made the change, without the bearer token} */
  Caller caller();

  /**
   * A connection was created.
   *
   * @param caller the caller, without the bearer token
   * @param connection the new connection
   */
  record ConnectionCreated(Caller caller, StorageConnection connection) implements ChangeEvent {}

  /**
   * A connection was updated, possibly to the values that it had before.
   *
   * @param caller the caller, without the bearer token
   * @param connection the connection in its new state
   */
  record ConnectionUpdated(Caller caller, StorageConnection connection) implements ChangeEvent {}

  /**
   * A connection was deleted with its source files.
   *
   * @param caller the caller, without the bearer token
   * @param connection the id of the connection
   */
  record ConnectionDeleted(Caller caller, ConnectionId connection) implements ChangeEvent {}

  /**
   * Source files were added to a connection that existed already.
   *
   * @param caller the caller, without the bearer token
   * @param connection the id of the connection
   * @param sourceFiles the new source files; never empty
   */
  record SourceFilesAdded(Caller caller, ConnectionId connection, List<SourceFile> sourceFiles)
      implements ChangeEvent {

    /** Copies the list. */
    public SourceFilesAdded {
      sourceFiles = List.copyOf(sourceFiles);
    }
  }

  /**
   * A source file was updated, possibly to the values that it had before.
   *
   * @param caller the caller, without the bearer token
   * @param connection the id of its connection
   * @param sourceFile the source file in its new state
   */
  record SourceFileUpdated(Caller caller, ConnectionId connection, SourceFile sourceFile)
      implements ChangeEvent {}

  /**
   * A source file was moved to another connection, or to the one that had it already.
   *
   * @param caller the caller, without the bearer token
   * @param from the id of the connection that had the source file
   * @param to the id of the connection that has it now
   * @param sourceFile the source file in its new state
   */
  record SourceFileMoved(Caller caller, ConnectionId from, ConnectionId to, SourceFile sourceFile)
      implements ChangeEvent {}

  /**
   * A source file was removed.
   *
   * @param caller the caller, without the bearer token
   * @param connection the id of the connection that had it
   * @param sourceFile the id of the source file
   */
  record SourceFileRemoved(Caller caller, ConnectionId connection, SourceFileId sourceFile)
      implements ChangeEvent {}
}
