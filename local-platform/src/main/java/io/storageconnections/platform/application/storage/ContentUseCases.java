package io.storageconnections.platform.application.storage;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.port.StoreException;
import io.storageconnections.platform.application.outcome.Failure.FileNotFound;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.port.BlobStore;
import io.storageconnections.platform.application.port.BlobStore.Blob;
import io.storageconnections.platform.application.port.BlobStore.BlobStoreException;
import io.storageconnections.platform.application.port.BlobStore.UploadLimits;
import io.storageconnections.platform.application.port.StorageStore;
import io.storageconnections.platform.application.port.StorageStore.Download;
import io.storageconnections.platform.domain.storage.Content;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Uploads and downloads of contents. The token of the URL is the only permission. No transaction
 * and no connection to the database is open while bytes are transferred. Thread-safe.
 */
public record ContentUseCases(
    StorageStore store,
    BlobStore blobs,
    StorageSettings settings,
    Clock clock,
    Supplier<UUID> ids) {

  /**
   * An open download.
   *
   * @param blob the bytes, which stay the same until the caller closes it
   */
  public record OpenDownload(Download download, Blob blob) {}

  /**
   * Stores a new content of a file. If the upload fails at any point, the file keeps the content
   * that it has.
   *
   * @param token a verified token for an upload
   * @param bytes is read to its end, and not closed
   * @return the content, which the file has if no other upload has ended since
   * @throws IOException if {@code bytes} fails
   * @throws BlobStore.TooLongException if there are too many bytes
   * @throws BlobStore.TooSlowException if the upload takes longer than uploads live
   * @throws BlobStoreException if the blob cannot be stored
   */
  public Outcome<Content> upload(ContentToken token, InputStream bytes) throws IOException {
    var blob = requireNonNull(ids.get());
    if (!store.beginUpload(token.file(), token.subject(), blob, now())) {
      return Outcome.failed(new FileNotFound());
    }
    var content = stored(blob, bytes);
    // If this throws, it may have changed the file: the blob then stays, or the sweeper finds it.
    if (!store.finishUpload(token.file(), token.subject(), content, now())) {
      discard(blob);
      return Outcome.failed(new FileNotFound());
    }
    return Outcome.success(content);
  }

  private Content stored(UUID blob, InputStream bytes) throws IOException {
    try {
      return blobs.store(
          blob, bytes, new UploadLimits(settings.uploadBytesMax(), settings.uploadLifetime()));
    } catch (IOException | RuntimeException | Error failure) {
      try {
        discard(blob);
      } catch (BlobStoreException | StoreException left) {
        // The sweeper removes it.
        failure.addSuppressed(left);
      }
      throw failure;
    }
  }

  private void discard(UUID blob) {
    blobs.delete(blob);
    store.forgetBlobs(List.of(blob));
  }

  /**
   * Opens a content of a file.
   *
   * @param token a verified token for a download
   * @return the download, which the caller closes
   * @throws BlobStoreException if the blob cannot be read
   */
  public Outcome<OpenDownload> download(ContentToken token) {
    return store
        .findDownload(token.file(), token.subject())
        .<Outcome<OpenDownload>>map(
            found -> Outcome.success(new OpenDownload(found, blobs.open(found.content().id()))))
        .orElseGet(() -> Outcome.failed(new FileNotFound()));
  }

  private Instant now() {
    return requireNonNull(clock.instant());
  }
}
