package io.storageconnections.domain.connection;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;

/**
 * One file of Storage that a connection synchronizes, and the connector that reads it.
 *
 * @param id names it among all source files; stays when the rest changes
 * @param storageFileId the file in Storage
 * @param connectorType the connector that reads it
 * @param created when it was added, in whole microseconds
 * @param revision 1 at first, and one more with each change
 */
public record SourceFile(
    SourceFileId id,
    StorageFileId storageFileId,
    ConnectorType connectorType,
    Instant created,
    long revision) {

  /** How the files of a connection are listed: by creation, then by id. */
  public static final Comparator<SourceFile> OLDEST_FIRST =
      Comparator.comparing(SourceFile::created).thenComparing(SourceFile::id);

  /** Cuts the time to whole microseconds. */
  public SourceFile {
    created = created.truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * A source file that is just being added, of revision 1.
   *
   * @param id names it among all source files
   * @param storageFileId the file in Storage
   * @param connectorType the connector that reads it
   * @param created when it is added; cut to whole microseconds
   */
  public SourceFile(
      SourceFileId id, StorageFileId storageFileId, ConnectorType connectorType, Instant created) {
    this(id, storageFileId, connectorType, created, 1);
  }

  /**
   * Applies a change.
   *
   * @param change what it is to be
   * @return the source file after {@code change}, of the next revision; this very one if {@code
   *     change} leaves it as it is
   */
  public SourceFile after(SourceFileChange change) {
    var changed =
        new SourceFile(id, change.storageFileId(), change.connectorType(), created, revision);
    return changed.equals(this)
        ? this
        : new SourceFile(id, change.storageFileId(), change.connectorType(), created, revision + 1);
  }

  /**
   * Tells which files in Storage source files are.
   *
   * @param sourceFiles any number of them
   * @return the Storage file of each, in the same order
   */
  public static List<StorageFileId> storageFileIds(List<SourceFile> sourceFiles) {
    return sourceFiles.stream().map(SourceFile::storageFileId).toList();
  }
}
