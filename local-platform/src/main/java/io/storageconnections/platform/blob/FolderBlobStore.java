package io.storageconnections.platform.blob;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.port.StoreException.Reason;
import io.storageconnections.platform.application.port.BlobStore;
import io.storageconnections.platform.domain.storage.Content;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps each blob as one file in a folder: {@code xx/yy/GUID}, where {@code xxyy} are the first
 * four digits of the GUID. Several nodes may share the folder. An upload writes to {@code
 * parts/GUID} in the same file system, and moves the file when its bytes are on the disk. No part
 * of a path comes from a caller. Thread-safe.
 */
public final class FolderBlobStore implements BlobStore {

  /** The size of the only buffer of an upload: larger ones were not faster. */
  private static final int BUFFER_BYTES = 128 * 1024;

  private static final int SHARDS = 256;

  /** With less free space a failed write counts as a full disk, unless it has another cause. */
  private static final long FREE_BYTES_MIN = 1024 * 1024;

  /** Follows the id as long as it is not certain that a database has stored it. */
  private static final String CLAIMED = " claimed";

  private static final boolean IS_WINDOWS = File.separatorChar == '\\';

  private final Path folder;
  private final Path parts;
  private final Path idFile;
  private final Opening opening;
  private final AtomicInteger nextShard = new AtomicInteger();

  /** Opens the part file of an upload; tests replace it. */
  @FunctionalInterface
  interface Opening {

    FileChannel open(Path part) throws IOException;
  }

  FolderBlobStore(Path folder, Opening opening) {
    this.folder = folder;
    this.parts = folder.resolve("parts");
    this.idFile = folder.resolve("folder-id");
    this.opening = opening;
  }

  /**
   * Returns a store. It can be used after {@link #requireId}.
   *
   * @param folder the blob folder, which need not exist; no other program writes to it
   */
  public static FolderBlobStore in(Path folder) {
    return new FolderBlobStore(folder, FolderBlobStore::newFile);
  }

  /**
   * Takes the folder for a database that has none yet, and creates it if it does not exist. Several
   * nodes may do so at the same time. If a node is killed before {@link #requireId}, another call
   * takes the folder again.
   *
   * @return the id of the folder, which the database must store
   * @throws StoreException if the folder belongs to a database already, or cannot be used
   */
  public UUID claim() {
    try {
      Files.createDirectories(parts);
      try {
        Files.writeString(idFile, UUID.randomUUID() + CLAIMED, CREATE_NEW);
      } catch (FileAlreadyExistsException anotherNode) {
        awaitId();
      }
      var id = Files.readString(idFile);
      if (!id.endsWith(CLAIMED)) {
        throw misconfigured(
            "the blob folder belongs to another database; choose another folder, or move this one"
                + " away: each database needs one of its own");
      }
      return UUID.fromString(id.substring(0, id.length() - CLAIMED.length()));
    } catch (IOException | IllegalArgumentException e) {
      throw unusable(e);
    }
  }

  /** Waits until another node has written the id into the file that it has created. */
  private void awaitId() throws IOException {
    for (int i = 0; i < 100 && Files.size(idFile) == 0; i++) {
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    if (Files.size(idFile) == 0) {
      // The other node was killed.
      replaceId(UUID.randomUUID() + CLAIMED);
    }
  }

  private void replaceId(String content) throws IOException {
    var part = part(UUID.randomUUID());
    Files.writeString(part, content);
    Files.move(part, idFile, ATOMIC_MOVE);
    force(folder);
  }

  /**
   * Checks that the folder is the one that the database means. From then on it belongs to the
   * database.
   *
   * @param id the id of the blob folder in the database
   * @throws StoreException if the folder has another id or none: the nodes do not share one blob
   *     folder, its file system is not mounted, or it belongs to another database
   */
  public void requireId(UUID id) {
    try {
      if (!Files.exists(idFile)) {
        throw notThatOf(id, "does not exist");
      }
      var found = Files.readString(idFile).strip();
      if (!found.equals(id.toString()) && !found.equals(id + CLAIMED)) {
        throw notThatOf(id, "contains " + found);
      }
      Files.createDirectories(parts);
      if (!found.equals(id.toString())) {
        replaceId(id.toString());
      }
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private StoreException notThatOf(UUID id, String problem) {
    return misconfigured(
        "the database belongs to a folder whose file folder-id contains "
            + id
            + ", and that file "
            + problem
            + " here; all nodes of a database need the same blob folder, on a file system that they"
            + " share and that is mounted");
  }

  private StoreException misconfigured(String advice) {
    return new StoreException(
        Reason.MISCONFIGURED, "opening the blob folder " + folder, advice, null);
  }

  private StoreException unusable(Exception cause) {
    return new StoreException(
        Reason.MISCONFIGURED,
        "opening the blob folder " + folder,
        "it cannot be read or written; choose a folder in which the server may create files",
        cause);
  }

  /**
   * Checks that blobs can be stored: writes a small file and deletes it.
   *
   * @throws StoreException if the folder cannot be written to
   */
  public void requireWritable() {
    var part = part(UUID.randomUUID());
    try {
      try (var file = opening.open(part)) {
        file.write(ByteBuffer.allocate(1));
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      var problem = isFull(e) ? "its disk is full" : "it cannot be written";
      throw new StoreException(Reason.DISK, "checking the blob folder " + folder, problem, e);
    }
  }

  static FileChannel newFile(Path part) throws IOException {
    return FileChannel.open(part, CREATE_NEW, WRITE);
  }

  @Override
  public Content store(UUID id, InputStream bytes, UploadLimits limits) throws IOException {
    var content = write(id, bytes, limits);
    move(id);
    return content;
  }

  private Content write(UUID id, InputStream bytes, UploadLimits limits) throws IOException {
    var begin = System.nanoTime();
    var digest = sha256();
    var buffer = new byte[BUFFER_BYTES];
    long size = 0;
    try (var file = opened(part(id))) {
      var disk = new EarlyForce(file);
      for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
        var count = read;
        size += count;
        if (size > limits.bytesMax()) {
          throw new TooLongException();
        }
        if (System.nanoTime() - begin > limits.timeout().toNanos()) {
          throw new TooSlowException();
        }
        digest.update(buffer, 0, count);
        write(file, ByteBuffer.wrap(buffer, 0, count));
        force(() -> disk.written(count));
      }
      force(disk::finish);
    }
    return new Content(id, size, HexFormat.of().formatHex(digest.digest()));
  }

  private FileChannel opened(Path part) {
    try {
      return opening.open(part);
    } catch (IOException e) {
      throw failed("creating a file in the blob folder", e);
    }
  }

  private void write(FileChannel file, ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException e) {
      throw failed("writing a blob", e);
    }
  }

  private void force(Forcing force) {
    try {
      force.run();
    } catch (IOException e) {
      throw failed("writing a blob to the disk", e);
    }
  }

  /** Forces bytes to the disk. */
  @FunctionalInterface
  private interface Forcing {

    void run() throws IOException;
  }

  private void move(UUID id) {
    var blob = blob(id);
    var second = secondFolder(id);
    try {
      Files.createDirectories(second);
      Files.move(part(id), blob, ATOMIC_MOVE);
      // The folders of both levels may be new.
      force(second);
      force(firstFolder(id));
      force(folder);
    } catch (IOException e) {
      throw failed("moving a blob to its place", e);
    }
  }

  /** Writes the entries of a folder to the disk. Windows has no way to do so. */
  private static void force(Path directory) throws IOException {
    if (!IS_WINDOWS) {
      try (var entries = FileChannel.open(directory, READ)) {
        entries.force(true);
      }
    }
  }

  @Override
  public Blob open(UUID id) {
    try {
      var channel = FileChannel.open(blob(id), READ);
      try {
        return new Blob(channel, channel.size());
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    } catch (NoSuchFileException e) {
      // Without its id file, the whole folder is missing, perhaps for a short time only.
      var reason =
          Files.exists(idFile)
              ? BlobStoreException.Reason.MISSING
              : BlobStoreException.Reason.FAILED;
      throw new BlobStoreException(reason, "opening blob " + id, e);
    } catch (IOException e) {
      throw new BlobStoreException(BlobStoreException.Reason.FAILED, "opening blob " + id, e);
    }
  }

  /**
   * Deletes the part first: an upload that moves its part in between is then found at the second
   * place, and one that moves it afterwards fails.
   */
  @Override
  public void delete(UUID id) {
    try {
      Files.deleteIfExists(part(id));
      Files.deleteIfExists(blob(id));
    } catch (IOException e) {
      throw new BlobStoreException(BlobStoreException.Reason.FAILED, "deleting blob " + id, e);
    }
  }

  @Override
  public List<UUID> next(Instant before, int max) {
    var found = new ArrayList<UUID>();
    try {
      var unused = collect(parts, before, found);
      var seen = 0;
      for (int count = 0; count < SHARDS && seen < max; count++) {
        var shard = HexFormat.of().toHexDigits((byte) nextShard.getAndIncrement());
        for (var second : entries(folder.resolve(shard))) {
          seen += 1 + collect(second, before, found);
        }
      }
    } catch (IOException e) {
      throw new BlobStoreException(BlobStoreException.Reason.FAILED, "reading the blob folder", e);
    }
    return found;
  }

  /** Adds the old blobs of a folder, and returns the number of all its entries. */
  private static int collect(Path directory, Instant before, List<UUID> found) throws IOException {
    var entries = entries(directory);
    for (var entry : entries) {
      if (isOlder(entry, before)) {
        id(entry).ifPresent(found::add);
      }
    }
    return entries.size();
  }

  private static boolean isOlder(Path entry, Instant before) throws IOException {
    try {
      return Files.getLastModifiedTime(entry).toInstant().isBefore(before);
    } catch (NoSuchFileException deletedByAnotherNode) {
      return false;
    }
  }

  private static List<Path> entries(Path directory) throws IOException {
    try (var entries = Files.newDirectoryStream(directory)) {
      var all = new ArrayList<Path>();
      entries.forEach(all::add);
      return all;
    } catch (NoSuchFileException | NotDirectoryException none) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /** A file with another name is not a blob, and stays. */
  private static Optional<UUID> id(Path entry) {
    var name = entry.getFileName().toString();
    try {
      var id = UUID.fromString(name);
      return id.toString().equals(name) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException another) {
      return Optional.empty();
    }
  }

  private Path part(UUID id) {
    return parts.resolve(id.toString());
  }

  private Path blob(UUID id) {
    return secondFolder(id).resolve(id.toString());
  }

  private Path secondFolder(UUID id) {
    return firstFolder(id).resolve(id.toString().substring(2, 4));
  }

  private Path firstFolder(UUID id) {
    return folder.resolve(id.toString().substring(0, 2));
  }

  private BlobStoreException failed(String doing, IOException failure) {
    return new BlobStoreException(
        isFull(failure) ? BlobStoreException.Reason.FULL : BlobStoreException.Reason.FAILED,
        doing,
        failure);
  }

  private boolean isFull(IOException failure) {
    try {
      return isFull(failure, Files.getFileStore(folder).getUsableSpace());
    } catch (IOException unknown) {
      return isFull(failure, Long.MAX_VALUE);
    }
  }

  /** Tells from a failed write, and from the free space of the disk, whether the disk is full. */
  static boolean isFull(IOException failure, long freeBytes) {
    var message = String.valueOf(failure.getMessage());
    if (message.contains("No space left") || message.contains("quota exceeded")) {
      return true;
    }
    // The system says that the free space is not the cause. A read-only disk may have none.
    var isOfAnotherKind =
        failure instanceof NoSuchFileException || message.contains("Read-only file system");
    return !isOfAnotherKind && freeBytes < FREE_BYTES_MIN;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
