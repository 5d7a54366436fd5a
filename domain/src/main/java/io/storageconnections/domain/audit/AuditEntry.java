package io.storageconnections.domain.audit;

import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.NewConnection;
import io.storageconnections.domain.connection.Origin;
import io.storageconnections.domain.connection.RunId;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.StorageConnection;
import io.storageconnections.domain.run.Run;
import io.storageconnections.domain.run.RunKey;
import io.storageconnections.domain.run.Transition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit trail: what a caller has done to a connection, a run or an iModel. Entries
 * are never changed. They contain no token.
 *
 * <p>{@code before} and {@code after} are JSON objects with the member names of the API. They are
 * kept as text, so that an old entry says the same for ever. The factory methods decide what they
 * contain.
 *
 * @param at when the change was made; truncated to microseconds
 * @param origin the request that made the change; without its trace, which the trail does not keep
 * @param action what was done
 * @param iModel the iModel that the change concerns
 * @param connection the connection; null if the change concerns the whole iModel
 * @param run the run; null if the change concerns none
 * @param before the values before the change; null if there were none
 * @param after the values after the change; null if there are none
 */
public record AuditEntry(
    Instant at,
    Origin origin,
    AuditAction action,
    IModelId iModel,
    @Nullable ConnectionId connection,
    @Nullable RunId run,
    @Nullable String before,
    @Nullable String after) {

  /**
   * Truncates the time to microseconds, and leaves out the trace.
   *
   * @throws IllegalArgumentException if the connection belongs to another iModel
   */
  public AuditEntry {
    at = at.truncatedTo(ChronoUnit.MICROS);
    origin = new Origin(origin.client(), origin.subject(), origin.correlationId());
    if (connection != null && !connection.iModel().equals(iModel)) {
      throw new IllegalArgumentException("the connection belongs to another iModel");
    }
  }

  /**
   * Returns this entry at a time after an earlier entry of the same connection: clocks of several
   * nodes differ.
   *
   * @param latest the time of the latest entry of the connection; null if it has none
   * @return this entry if it is later; or else an entry of the first microsecond after {@code
   *     latest}
   */
  public AuditEntry after(@Nullable Instant latest) {
    return latest == null || at.isAfter(latest)
        ? this
        : new AuditEntry(
            latest.plus(1, ChronoUnit.MICROS),
            origin,
            action,
            iModel,
            connection,
            run,
            before,
            after);
  }

  private static AuditEntry of(
      Cause cause,
      AuditAction action,
      ConnectionId connection,
      @Nullable String before,
      @Nullable String after) {
    return new AuditEntry(
        cause.at(), cause.origin(), action, connection.iModel(), connection, null, before, after);
  }

  private static AuditEntry of(
      Origin origin,
      Instant at,
      AuditAction action,
      RunKey run,
      @Nullable String before,
      Run after) {
    return new AuditEntry(
        at,
        origin,
        action,
        run.connection().iModel(),
        run.connection(),
        run.run(),
        before,
        AuditValues.ofRun(after));
  }

  /**
   * Returns the entry of a creation: after it, the display name, the authentication type and the
   * source files.
   *
   * @param cause the request
   * @param connection the new connection
   * @return the entry
   */
  public static AuditEntry created(Cause cause, NewConnection connection) {
    return of(
        cause,
        AuditAction.CONNECTION_CREATED,
        connection.id(),
        null,
        AuditValues.ofConnection(connection.connection(), connection.sourceFiles()));
  }

  /**
   * Returns the entry of a change of a connection: before and after it, the display name and the
   * authentication type.
   *
   * @param cause the request
   * @param before the connection before the change
   * @param after the connection after the change
   * @return the entry
   */
  public static AuditEntry updated(Cause cause, StorageConnection before, StorageConnection after) {
    return of(
        cause,
        AuditAction.CONNECTION_UPDATED,
        before.id(),
        AuditValues.ofConnection(before),
        AuditValues.ofConnection(after));
  }

  /**
   * Returns the entry of a deletion: before it, the display name, the authentication type and the
   * source files.
   *
   * @param cause the request
   * @param connection the connection before its deletion
   * @param files its source files
   * @return the entry
   */
  public static AuditEntry deleted(
      Cause cause, StorageConnection connection, List<SourceFile> files) {
    return of(
        cause,
        AuditAction.CONNECTION_DELETED,
        connection.id(),
        AuditValues.ofConnection(connection, files),
        null);
  }

  /**
   * Returns the entry of an addition of source files: after it, the added source files.
   *
   * @param cause the request
   * @param connection the connection that has the source files now
   * @param files the added source files
   * @return the entry
   */
  public static AuditEntry filesAdded(
      Cause cause, ConnectionId connection, List<SourceFile> files) {
    return of(cause, AuditAction.SOURCE_FILES_ADDED, connection, null, AuditValues.ofFiles(files));
  }

  /**
   * Returns the entry of a change of a source file: the source file before and after it.
   *
   * @param cause the request
   * @param connection the connection of the source file
   * @param before the source file before the change
   * @param after the source file after the change
   * @return the entry
   */
  public static AuditEntry fileUpdated(
      Cause cause, ConnectionId connection, SourceFile before, SourceFile after) {
    return of(
        cause,
        AuditAction.SOURCE_FILE_UPDATED,
        connection,
        AuditValues.ofFiles(List.of(before)),
        AuditValues.ofFiles(List.of(after)));
  }

  /**
   * Returns the entries of a move of a source file: one of each connection, which differ in nothing
   * else. Each has the connection and the source file before and after the move.
   *
   * @param cause the request
   * @param from the connection that had the source file
   * @param to the connection that has the source file now
   * @param before the source file before the move
   * @param after the source file after the move
   * @return the entry of {@code from}, then that of {@code to}
   */
  public static List<AuditEntry> fileMoved(
      Cause cause, ConnectionId from, ConnectionId to, SourceFile before, SourceFile after) {
    var valuesBefore = AuditValues.ofFile(from, before);
    var valuesAfter = AuditValues.ofFile(to, after);
    return List.of(
        of(cause, AuditAction.SOURCE_FILE_MOVED, from, valuesBefore, valuesAfter),
        of(cause, AuditAction.SOURCE_FILE_MOVED, to, valuesBefore, valuesAfter));
  }

  /**
   * Returns the entry of a removal of a source file: the source file before it.
   *
   * @param cause the request
   * @param connection the connection that had the source file
   * @param file the source file before its removal
   * @return the entry
   */
  public static AuditEntry fileRemoved(Cause cause, ConnectionId connection, SourceFile file) {
    return of(
        cause,
        AuditAction.SOURCE_FILE_REMOVED,
        connection,
        AuditValues.ofFiles(List.of(file)),
        null);
  }

  /**
   * Returns the entry of the start of a run, at its time: after it, the id, the state and the
   * result of the run.
   *
   * @param run the new run
   * @return the entry
   */
  public static AuditEntry runStarted(Run run) {
    return of(run.origin(), run.started(), AuditAction.RUN_STARTED, run.key(), null, run);
  }

  /**
   * Returns the entry of a retry, which is an entry of the new run: before it, the id, the state
   * and the result of the completed run; after it, those of the new run.
   *
   * @param completed the run that did not succeed
   * @param run the new run
   * @return the entry
   */
  public static AuditEntry runRetried(Run completed, Run run) {
    return of(
        run.origin(),
        run.started(),
        AuditAction.RUN_RETRIED,
        run.key(),
        AuditValues.ofRun(completed),
        run);
  }

  /**
   * Returns the entry of a request to cancel a run: before and after it, the id, the state and the
   * result of the run. A run with an attempt in progress is completed later, by its worker.
   *
   * @param cause the request
   * @param transition what the request has changed
   * @return the entry
   */
  public static AuditEntry runCancelled(Cause cause, Transition.Applied transition) {
    return of(
        cause.origin(),
        cause.at(),
        AuditAction.RUN_CANCELLED,
        transition.run().key(),
        AuditValues.ofRun(transition.before()),
        transition.run());
  }

  /**
   * Returns the entry of the deletion of an iModel: before it, the number of its connections. Each
   * of these gets an entry of its own when it is deleted.
   *
   * @param cause the request
   * @param iModel the iModel
   * @param connections the number of its connections
   * @return the entry
   */
  public static AuditEntry iModelDeleted(Cause cause, IModelId iModel, long connections) {
    return new AuditEntry(
        cause.at(),
        cause.origin(),
        AuditAction.IMODEL_DELETED,
        iModel,
        null,
        null,
        AuditValues.ofIModel(connections),
        null);
  }
}
