package io.storageconnections.domain.connection;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says which files of Storage are synchronized to which iModel, and by which connectors. The iModel
 * is part of the {@linkplain #id() id}.
 *
 * @param displayName what people call it; null if nobody named it
 * @param sourceFiles its files, in the order they were asked for; no Storage file occurs twice
 * @param created when it was made, in whole microseconds, which is what every database keeps
 */
public record StorageConnection(
    ConnectionId id,
    ITwinId iTwin,
    @Nullable DisplayName displayName,
    AuthenticationType authenticationType,
    List<SourceFile> sourceFiles,
    Instant created) {

  /**
   * Checks the value.
   *
   * @throws IllegalArgumentException if a Storage file occurs twice
   */
  public StorageConnection {
    sourceFiles = List.copyOf(sourceFiles);
    created = created.truncatedTo(ChronoUnit.MICROS);
    var conflicts = FileMappings.NONE.conflictsWith(storageFileIds(sourceFiles));
    if (!conflicts.isEmpty()) {
      throw new IllegalArgumentException("one connection maps a file once: " + conflicts);
    }
  }

  /** The iModel that the files are synchronized to. */
  public IModelId iModel() {
    return id.iModel();
  }

  /** The Storage files of {@link #sourceFiles()}, in the same order. */
  public List<StorageFileId> storageFileIds() {
    return storageFileIds(sourceFiles);
  }

  private static List<StorageFileId> storageFileIds(List<SourceFile> sourceFiles) {
    return sourceFiles.stream().map(SourceFile::storageFileId).toList();
  }
}
