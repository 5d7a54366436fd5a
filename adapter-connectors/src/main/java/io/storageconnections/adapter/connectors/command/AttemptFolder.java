package io.storageconnections.adapter.connectors.command;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one attempt, which only the user of the server can open. Not thread-safe.
 *
 * @param path the folder, absolute
 */
record AttemptFolder(Path path) {

  private static final String PREFIX = "attempt-";
  private static final Pattern NAME = Pattern.compile(PREFIX + "[0-9a-f-]{36}");

  /** The greatest length of the name of a source file; Linux allows 255 bytes. */
  private static final int NAME_LENGTH_MAX = 200;

  /** Only ASCII is left: the JVM refuses other characters in paths if the locale is POSIX. */
  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._ ()+=@~,-]+");

  /**
   * The length of a path from which on folders are moved up to be deleted. Linux allows 4,096 bytes
   * in the path of a call, but a connector can make longer ones with relative paths.
   */
  private static final int PATH_LENGTH_MAX = 2_000;

  /** How many files are counted between two looks at the attempt. */
  private static final int FILES_PER_LOOK = 256;

  /** Says whether a long operation goes on. */
  @FunctionalInterface
  interface Look {

    /** Returns false to end the operation. */
    boolean mayContinue() throws InterruptedException;
  }

  /** Creates the folder of a new attempt, and the folders above it. */
  static AttemptFolder create(Path workFolder) throws IOException {
    var parent = Files.createDirectories(workFolder.toAbsolutePath());
    var path = parent.resolve(PREFIX + UUID.randomUUID());
    var ownerOnly = PosixFilePermissions.fromString("rwx------");
    Files.createDirectory(path, PosixFilePermissions.asFileAttribute(ownerOnly));
    var folder = new AttemptFolder(path);
    try {
      Files.createDirectory(folder.source());
      Files.createDirectory(folder.output());
    } catch (IOException failure) {
      folder.delete();
      throw failure;
    }
    return folder;
  }

  /** Deletes the folders of attempts that have not been used for a time. */
  static void sweep(Path workFolder, Duration unused) {
    var oldest = FileTime.from(Instant.now().minus(unused));
    try (var folders = Files.newDirectoryStream(workFolder, PREFIX + "*")) {
      for (var folder : folders) {
        if (NAME.matcher(folder.getFileName().toString()).matches()
            && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
            && Files.getLastModifiedTime(folder).compareTo(oldest) < 0) {
          new AttemptFolder(folder).delete();
        }
      }
    } catch (IOException | DirectoryIteratorException failure) {
      // Another node sweeps the same folder, or the next attempt reports that it is unusable.
    }
  }

  /** Notes that the folder is in use. */
  void touch() {
    try {
      Files.setLastModifiedTime(path, FileTime.from(Instant.now()));
    } catch (IOException failure) {
      // The folder is then swept earlier, but not during an attempt of ordinary length.
    }
  }

  private Path source() {
    return path.resolve("source");
  }

  Path output() {
    return path.resolve("output");
  }

  Path job() {
    return path.resolve("job.json");
  }

  /** Contains the id of the connector's process group, after the connector has started. */
  Path group() {
    return path.resolve("group");
  }

  /** Returns where a source file is stored: its name in Storage may not be a safe file name. */
  Path sourceFile(String name) {
    var safe = UNSAFE.matcher(name).replaceAll("_");
    safe = safe.startsWith(".") || safe.startsWith("-") ? "_" + safe : safe;
    // The end is kept, because connectors read the extension.
    return source().resolve(safe.substring(Math.max(0, safe.length() - NAME_LENGTH_MAX)));
  }

  void writeJob(String json) throws IOException {
    try (var file = write(job())) {
      file.write(json.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Opens a new file; an interrupted thread can write to it, unlike to that of a channel. */
  static OutputStream write(Path file) throws IOException {
    return new FileOutputStream(file.toFile());
  }

  /**
   * Returns the number of bytes in all files, without links.
   *
   * @param enough a number at which counting ends
   */
  long size(long enough, Look look) throws InterruptedException {
    var counter = new Counter(enough, look);
    try {
      Files.walkFileTree(path, counter);
    } catch (IOException changing) {
      // The connector changes its files meanwhile.
    }
    if (counter.interrupted != null) {
      throw counter.interrupted;
    }
    return counter.bytes;
  }

  /** Deletes the folder, also files and folders in it that are not writable. */
  void delete() {
    delete(path);
  }

  /** Deletes the copy of the source file, which may be large. */
  void deleteSource() {
    Deleter.makeAccessible(path);
    delete(source());
  }

  private static void delete(Path root) {
    var deleter = new Deleter(root);
    do {
      deleter.hasMoved = false;
      try {
        Files.walkFileTree(root, deleter);
      } catch (IOException failure) {
        // It is swept later.
      }
    } while (deleter.hasMoved);
  }

  /** Adds up the sizes of files. */
  private static final class Counter extends SimpleFileVisitor<Path> {

    private final long enough;
    private final Look look;
    private long bytes;
    private int files;
    private @Nullable InterruptedException interrupted;

    private Counter(long enough, Look look) {
      this.enough = enough;
      this.look = look;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      bytes += attributes.isRegularFile() ? attributes.size() : 0;
      files++;
      try {
        return bytes > enough || (files % FILES_PER_LOOK == 0 && !look.mayContinue())
            ? FileVisitResult.TERMINATE
            : FileVisitResult.CONTINUE;
      } catch (InterruptedException interrupt) {
        interrupted = interrupt;
        return FileVisitResult.TERMINATE;
      }
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) {
      return FileVisitResult.CONTINUE;
    }
  }

  /** Deletes all files, and goes on if one cannot be deleted. */
  private static final class Deleter extends SimpleFileVisitor<Path> {

    private final Path root;

    /** Whether a folder was moved, so that the root must be visited once more. */
    private boolean hasMoved;

    private Deleter(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      if (!Files.isWritable(directory)) {
        makeAccessible(directory);
      }
      return directory.toString().length() > PATH_LENGTH_MAX && moveUp(directory)
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    private boolean moveUp(Path directory) {
      try {
        Files.move(directory, root.resolve("deep-" + UUID.randomUUID()));
        hasMoved = true;
        return true;
      } catch (IOException failure) {
        return false;
      }
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      deleteIfPossible(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      // A directory that cannot be read.
      if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
          && makeAccessible(file)
          && Files.isReadable(file)) {
        Files.walkFileTree(file, this);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) {
      deleteIfPossible(directory);
      return FileVisitResult.CONTINUE;
    }

    private static void deleteIfPossible(Path path) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException failure) {
        // The folder is swept later.
      }
    }

    private static boolean makeAccessible(Path directory) {
      try {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        return true;
      } catch (IOException failure) {
        return false;
      }
    }
  }
}
