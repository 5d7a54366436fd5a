package io.storageconnections.adapter.platform.storagefile;

import io.storageconnections.adapter.platform.exchange.PlatformAnswer;
import io.storageconnections.application.port.DirectoryException;
import io.storageconnections.application.port.StorageFiles.UsableFile;
import io.storageconnections.domain.connection.FileName;
import io.storageconnections.domain.connection.StorageFileId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the platform answered about a Storage file. Immutable.
 *
 * @param file the file; null if the caller cannot use it
 */
public record FileAnswer(@Nullable UsableFile file) {

  /** The value of the header {@code Accept}: version 1 of the Storage API. */
  public static final String MEDIA_TYPE = "application/vnd.bentley.itwin-platform.v1+json";

  private static final String NOT_FOUND = "FileNotFound";
  private static final String FILE = "file";

  /** Returns the path of the file. */
  public static String path(StorageFileId file) {
    return "/storage/files/" + file;
  }

  /**
   * Reads the answer to the request for {@code file}. The platform answers 404 also for a file
   * whose upload is not complete.
   *
   * @throws DirectoryException if the answer does not make sense
   */
  public static FileAnswer of(StorageFileId file, PlatformAnswer answer) {
    return switch (answer.status()) {
      case 200 -> shown(file, answer);
      case 403 -> new FileAnswer(null);
      case 404 -> {
        requireNotFound(answer);
        yield new FileAnswer(null);
      }
      default -> throw answer.unexpected();
    };
  }

  private static FileAnswer shown(StorageFileId asked, PlatformAnswer answer) {
    var file = file(asked, answer);
    return file.isPresent()
        ? new FileAnswer(new UsableFile(name(file.get())))
        : new FileAnswer(null);
  }

  /**
   * Checks that an answer 404 is about the file.
   *
   * @throws DirectoryException if it is not
   */
  static void requireNotFound(PlatformAnswer answer) {
    // See the answers about an iModel: not each 404 means that the file does not exist.
    if (!NOT_FOUND.equalsIgnoreCase(answer.errorCode())) {
      throw answer.unusable("another error than " + NOT_FOUND);
    }
  }

  /** Returns the file that an answer 200 shows; empty if the item is not a file. */
  static Optional<JsonNode> file(StorageFileId asked, PlatformAnswer answer) {
    var file = answer.object(FILE);
    if (!file.path("id").stringValue("").equals(asked.toString())) {
      throw answer.unusable("another file");
    }
    // Not every version of the API sends the type.
    return file.path("type").stringValue(FILE).equals(FILE) ? Optional.of(file) : Optional.empty();
  }

  static @Nullable FileName name(JsonNode file) {
    return FileName.of(file.path("displayName").stringValue(null));
  }
}
