package io.storageconnections.domain.connection;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file in Storage that a connection synchronizes, and the connector that reads it.
 *
 * @param id the id, unique among the source files of the iModel; never changes
 * @param storageFileId the file in Storage
 * @param connectorType the connector that reads the file
 * @param lastKnownFileName the name of the file in Storage when the file was last mapped, or when a
 *     run last read it; null if it is not known
 * @param created when the source file was added to its first connection; truncated to microseconds
 * @param revision 1 after creation; each change adds 1, except a name that a run finds
 * @param nameRevision 0 after creation; each name that a run finds and that was not known adds 1
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/get-storage-connection-sourcefile">Get
 *     Storage Connection SourceFile</a>
 */
public record SourceFile(
    SourceFileId id,
    StorageFileId storageFileId,
    ConnectorType connectorType,
    @Nullable FileName lastKnownFileName,
    Instant created,
    long revision,
    long nameRevision) {

  /**
   * The order in which the source files of a connection are listed: by time of creation, then by
   * id.
   */
  public static final Comparator<SourceFile> OLDEST_FIRST =
      Comparator.comparing(SourceFile::created).thenComparing(SourceFile::id);

  /** Truncates the time to microseconds. */
  public SourceFile {
    created = created.truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * Creates a new source file, of revision 1, whose file has no known name.
   *
   * @param id the id, unique among the source files of the iModel
   * @param storageFileId the file in Storage
   * @param connectorType the connector that reads the file
   * @param created when the source file is added to the connection; truncated to microseconds
   */
  public SourceFile(
      SourceFileId id, StorageFileId storageFileId, ConnectorType connectorType, Instant created) {
    this(id, storageFileId, connectorType, null, created, 1, 0);
  }

  /**
   * Returns this source file with the name of its file.
   *
   * @param name the name; null if it is not known
   * @return a source file of the same revision
   */
  public SourceFile named(@Nullable FileName name) {
    return new SourceFile(id, storageFileId, connectorType, name, created, revision, nameRevision);
  }

  /**
   * Returns this source file with the name that a run found in Storage.
   *
   * @param name the name
   * @return a source file of the same revision and the next {@link #nameRevision}; this object if
   *     the name was known
   */
  public SourceFile foundAs(FileName name) {
    return name.equals(lastKnownFileName)
        ? this
        : new SourceFile(
            id, storageFileId, connectorType, name, created, revision, nameRevision + 1);
  }

  /**
   * Applies a change. If the Storage file stays the same and the change names no file name, the
   * known name remains.
   *
   * @param change the new values
   * @return the changed source file, of the next revision; this object if the new values equal the
   *     current ones
   */
  public SourceFile after(SourceFileChange change) {
    var name =
        change.fileName() == null && change.storageFileId().equals(storageFileId)
            ? lastKnownFileName
            : change.fileName();
    var changed =
        new SourceFile(
            id,
            change.storageFileId(),
            change.connectorType(),
            name,
            created,
            revision,
            nameRevision);
    return changed.equals(this) ? this : changed.ofNextRevision();
  }

  /**
   * Moves the source file to another connection.
   *
   * @return the source file, of the next revision
   */
  public SourceFile moved() {
    return ofNextRevision();
  }

  private SourceFile ofNextRevision() {
    return new SourceFile(
        id, storageFileId, connectorType, lastKnownFileName, created, revision + 1, nameRevision);
  }

  /**
   * Returns the Storage files of source files.
   *
   * @param sourceFiles the source files, 0 or more
   * @return the Storage file of each source file, in the same order
   */
  public static List<StorageFileId> storageFileIds(List<SourceFile> sourceFiles) {
    return sourceFiles.stream().map(SourceFile::storageFileId).toList();
  }
}
