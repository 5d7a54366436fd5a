package io.storageconnections.adapter.platform.storagefile;

import io.storageconnections.adapter.platform.exchange.PlatformAnswer;
import io.storageconnections.adapter.platform.exchange.SecureUrl;
import io.storageconnections.application.port.DirectoryException;
import io.storageconnections.application.port.DirectoryException.Reason;
import io.storageconnections.domain.connection.FileName;
import io.storageconnections.domain.connection.StorageFileId;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What the platform answers about the content of a Storage file, to this server itself. */
public final class ContentAnswers {

  private ContentAnswers() {}

  /**
   * A file whose content exists.
   *
   * @param name null if the platform does not tell a usable one
   * @param size the number of bytes, if the platform tells it
   */
  public record StoredFile(@Nullable FileName name, OptionalLong size) {}

  /** Returns the path of the content of a file. */
  public static String downloadPath(StorageFileId file) {
    return FileAnswer.path(file) + "/download";
  }

  /**
   * Reads the answer to the request for {@code file}.
   *
   * @return the file; empty if it does not exist
   * @throws DirectoryException if this server may not read it, or the answer does not make sense
   */
  public static Optional<StoredFile> file(StorageFileId file, PlatformAnswer answer) {
    return switch (answer.status()) {
      case 200 ->
          FileAnswer.file(file, answer)
              .map(shown -> {
                var size = shown.path("size").asLong(-1);
                return new StoredFile(
                    FileAnswer.name(shown),
                    size < 0 ? OptionalLong.empty() : OptionalLong.of(size));
              });
      case 404 -> notFound(answer);
      case 403 -> throw forbidden(file, answer);
      default -> throw answer.unexpected();
    };
  }

  /**
   * Reads the answer to the request for the content of {@code file}: a redirect to a signed URL.
   *
   * @param platform the platform's URL
   * @return the URL; empty if the file does not exist
   * @throws DirectoryException if this server may not read the file, or must not use the URL, or
   *     the answer does not make sense
   */
  public static Optional<URI> url(URI platform, StorageFileId file, PlatformAnswer answer) {
    return switch (answer.status()) {
      case 301, 302, 303, 307, 308 -> {
        var url = SecureUrl.received(platform, answer.location(), SecureUrl.isOnLoopback(platform));
        if (url == null) {
          throw answer.unusable("a location that does not begin with https://");
        }
        yield Optional.of(url);
      }
      case 404 -> notFound(answer);
      case 403 -> throw forbidden(file, answer);
      default -> throw answer.unexpected();
    };
  }

  private static <T> Optional<T> notFound(PlatformAnswer answer) {
    FileAnswer.requireNotFound(answer);
    return Optional.empty();
  }

  private static DirectoryException forbidden(StorageFileId file, PlatformAnswer answer) {
    return new DirectoryException(
        Reason.TOKEN_REFUSED,
        "%s does not let this server read the file %s. Give the client of the setting %s the right to read Storage in the iTwin %s."
            .formatted(
                answer.system(), file, "STORAGE_CONNECTIONS_PLATFORM_CLIENT_ID", file.iTwin()),
        null,
        null);
  }
}
