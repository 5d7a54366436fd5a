package io.storageconnections.bootstrap.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A file whose content is the value of a secret setting: UTF-8 text, of which a line end at the end
 * is no part. Messages repeat neither the content nor the path, because an operator may have
 * written the secret itself in place of the path.
 */
final class SecretFile {

  private static final int BYTES_MAX = 64 << 10;

  private SecretFile() {}

  /**
   * Reads a file.
   *
   * @param file the path; a relative one begins in the working folder
   * @return the content, which is not empty
   * @throws IllegalArgumentException if the content cannot be used; the message is worded to follow
   *     the setting's name
   */
  static String read(String file) {
    if (!TextChecks.isPlain(file)) {
      throw new IllegalArgumentException(
          "must be the path of a file, without invisible characters or white space at its ends");
    }
    var path = path(file);
    if (Files.isDirectory(path)) {
      throw new IllegalArgumentException("names a folder: name the file in it");
    }
    if (!Files.exists(path)) {
      throw new IllegalArgumentException(
          "names no file that exists, or one in a folder that the server's user may not search");
    }
    // Opening a named pipe could wait forever.
    if (!Files.isRegularFile(path)) {
      throw new IllegalArgumentException("must name a regular file, not a pipe or a device");
    }
    var content = withoutLineEnd(decoded(bytes(path)));
    if (content.isEmpty()) {
      throw new IllegalArgumentException("names an empty file: write the secret into it");
    }
    return content;
  }

  private static Path path(String file) {
    try {
      return Path.of(file);
    } catch (InvalidPathException unusable) {
      // Without this exception as the cause, because its message repeats the text.
      throw new IllegalArgumentException(
          "must be the path of a file; this one has a character that the locale of the server"
              + " (LC_ALL) cannot encode");
    }
  }

  private static byte[] bytes(Path path) {
    try (var in = Files.newInputStream(path)) {
      var bytes = in.readNBytes(BYTES_MAX + 1);
      if (bytes.length > BYTES_MAX) {
        throw new IllegalArgumentException("names a file of more than 64 KiB, which is no secret");
      }
      return bytes;
    } catch (AccessDeniedException denied) {
      throw new IllegalArgumentException(
          "names a file that the server's user may not read: permit it", denied);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "names a file that cannot be read (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  private static String decoded(byte[] bytes) {
    try {
      // A new decoder reports what it cannot decode.
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "names a file that is not UTF-8 text: save it as UTF-8", e);
    }
  }

  private static String withoutLineEnd(String text) {
    return text.endsWith("\r\n")
        ? text.substring(0, text.length() - 2)
        : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }
}
