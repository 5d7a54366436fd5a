package io.storageconnections.application.sourcefile;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.port.StorageFiles.UsableFile;
import io.storageconnections.application.validation.ParsableAs;
import io.storageconnections.application.validation.RequestValidator;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.domain.connection.StorageFileId;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A requested source file, not yet validated: any member may be null or malformed. The documented
 * API calls it <em>StorageFile (create)</em>.
 *
 * @param storageFileId the text form of a {@link StorageFileId}; required
 * @param connectorType the text form of a {@link ConnectorType}; required
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/create-storage-connection">The
 *     documented operation</a>
 */
public record SourceFileRequest(
    @NotNull @ParsableAs(StorageFileId.class) @Nullable String storageFileId,
    @NotNull @ParsableAs(ConnectorType.class) @Nullable String connectorType) {

  /**
   * The greatest number of files in one request. It bounds the cost of validation, which grows with
   * the square of the number of null or mistyped entries, because their violations have equal hash
   * codes in Hibernate Validator. The original service allows 250 files in a whole iModel.
   */
  public static final int FILES_MAX = 1_000;

  /**
   * Creates a request from parsed values.
   *
   * @param storageFileId the file in Storage
   * @param connectorType the connector that reads the file
   * @return a valid request
   */
  public static SourceFileRequest of(StorageFileId storageFileId, ConnectorType connectorType) {
    return new SourceFileRequest(storageFileId.toString(), connectorType.toString());
  }

  /**
   * Creates the source files that a valid list describes.
   *
   * @param requested the list of a valid request
   * @param usable all files of the list, with their names
   * @param ids returns a new random GUID at each call
   * @param created the creation time of all source files
   * @return the source files in the order of the list, with ascending ids
   * @throws NullPointerException if the list or an entry is null, so that the request is not valid
   */
  public static List<SourceFile> toSourceFiles(
      @Nullable List<@Nullable SourceFileRequest> requested,
      Map<StorageFileId, UsableFile> usable,
      Supplier<UUID> ids,
      Instant created) {
    // Lists are ordered by creation time, then id. The files of one request have one creation time,
    // so ascending ids keep them in the order of the request.
    var ascending =
        Stream.generate(ids)
            .limit(requireNonNull(requested).size())
            .map(SourceFileId::new)
            .sorted()
            .toList();
    var sourceFiles = new ArrayList<SourceFile>(requested.size());
    for (var file : requested) {
      requireNonNull(file);
      var storageFile = StorageFileId.parse(requireNonNull(file.storageFileId()));
      var connectorType = ConnectorType.parse(requireNonNull(file.connectorType()));
      sourceFiles.add(
          new SourceFile(ascending.get(sourceFiles.size()), storageFile, connectorType, created)
              .named(requireNonNull(usable.get(storageFile)).name()));
    }
    return List.copyOf(sourceFiles);
  }

  /**
   * Reads the Storage files of a list that may be invalid.
   *
   * @param requested the list; null if it is absent
   * @return the files by the path of their member, such as {@code sourceFiles[0].storageFileId}, in
   *     the order of the list. Malformed ids are left out, and all files of a list that is too long
   */
  public static Map<String, StorageFileId> storageFiles(
      @Nullable List<@Nullable SourceFileRequest> requested) {
    if (requested == null || requested.size() > FILES_MAX) {
      return Map.of();
    }
    var files = new LinkedHashMap<String, StorageFileId>();
    for (int i = 0; i < requested.size(); i++) {
      var path = "sourceFiles[" + i + "].storageFileId";
      var file = requested.get(i);
      RequestValidator.parsedIfValid(
              file == null ? null : file.storageFileId(), StorageFileId::parse)
          .ifPresent(id -> files.put(path, id));
    }
    return files;
  }
}
