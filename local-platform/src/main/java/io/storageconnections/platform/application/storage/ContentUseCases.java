package io.storageconnections.platform.application.storage;

import io.storageconnections.application.port.StoreException;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.outcome.Failure;
import io.storageconnections.platform.application.outcome.Failure.ContentOutdated;
import io.storageconnections.platform.application.outcome.Failure.FileNotFound;
import io.storageconnections.platform.application.outcome.Failure.Forbidden;
import io.storageconnections.platform.application.outcome.Failure.UploadNotFound;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.port.BlobStore;
import io.storageconnections.platform.application.port.BlobStore.Blob;
import io.storageconnections.platform.application.port.BlobStore.BlobStoreException;
import io.storageconnections.platform.application.port.BlobStore.UploadLimits;
import io.storageconnections.platform.application.port.StorageStore;
import io.storageconnections.platform.application.port.StorageStore.Download;
import io.storageconnections.platform.application.port.StorageStore.UploadEnd;
import io.storageconnections.platform.domain.member.Role;
import io.storageconnections.platform.domain.member.Subject;
import io.storageconnections.platform.domain.storage.Content;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Uploads and downloads of contents. The token of the URL is the only permission for a download; an
 * upload also needs the role that the caller who asked for its URL had. No transaction and no
 * connection to the database is open while bytes are transferred. Thread-safe.
 */
public record ContentUseCases(
    StorageStore store,
    Permissions permissions,
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
   * @param precondition tells whether a content of the file may be replaced, from its hash; empty
   *     if the file has no content yet
   * @return the content, which the file has if no other upload has ended since
   * @throws IOException if {@code bytes} fails
   * @throws BlobStore.TooLongException if there are too many bytes
   * @throws BlobStore.TooSlowException if the upload takes longer than uploads live
   * @throws BlobStoreException if the blob cannot be stored
   */
  public Outcome<Content> upload(
      ContentToken token, InputStream bytes, Predicate<Optional<String>> precondition)
      throws IOException {
    var refusal = refusal(token);
    if (refusal.isPresent()) {
      return Outcome.failed(refusal.get());
    }
    var blob = ids.get();
    if (!store.beginUpload(token.file(), token.target(), blob, clock.instant())) {
      return Outcome.failed(new FileNotFound());
    }
    var content = stored(blob, bytes);
    // The role may have ended while the bytes arrived.
    var late = refusal(token);
    if (late.isPresent()) {
      discard(blob);
      return Outcome.failed(late.get());
    }
    // If this throws, it may have changed the file: the blob then stays, or the sweeper finds it.
    var end =
        store.finishUpload(token.file(), token.target(), content, precondition, clock.instant());
    if (end != UploadEnd.CHANGED) {
      discard(blob);
    }
    return switch (end) {
      case CHANGED -> Outcome.success(content);
      case NOT_FOUND -> Outcome.failed(new FileNotFound());
      case OUTDATED -> Outcome.failed(new ContentOutdated());
    };
  }

  /** Returns why the caller who asked for the URL may not upload now; empty if the caller may. */
  private Optional<Failure> refusal(ContentToken token) {
    var uploader = store.findUploader(token.file(), token.target());
    if (uploader.isEmpty()) {
      return Optional.of(new UploadNotFound());
    }
    var role = permissions.roleOf(Subject.parse(uploader.get()), token.file().iTwin());
    if (role.isEmpty()) {
      return Optional.of(new FileNotFound());
    }
    return role.get().includes(Role.WRITER) ? Optional.empty() : Optional.of(new Forbidden());
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
   * @throws BlobStoreException if the blob cannot be read, or is damaged
   */
  public Outcome<OpenDownload> download(ContentToken token) {
    return Outcome.of(store.findDownload(token.file(), token.target()), new FileNotFound())
        .flatMap(found -> open(token, found));
  }

  private Outcome<OpenDownload> open(ContentToken token, Download found) {
    try {
      return Outcome.success(new OpenDownload(found, opened(found.content())));
    } catch (BlobStoreException failure) {
      // The file may have been deleted, and its blob with it, since the row was read.
      if (failure.reason() == BlobStoreException.Reason.MISSING
          && store.findDownload(token.file(), token.target()).isEmpty()) {
        return Outcome.failed(new FileNotFound());
      }
      throw failure;
    }
  }

  private Blob opened(Content content) {
    var blob = blobs.open(content.id());
    if (blob.size() == content.size()) {
      return blob;
    }
    var damaged =
        new BlobStoreException(
            BlobStoreException.Reason.DAMAGED, "opening blob " + content.id(), null);
    try {
      blob.close();
    } catch (IOException failure) {
      damaged.addSuppressed(failure);
    }
    throw damaged;
  }
}
