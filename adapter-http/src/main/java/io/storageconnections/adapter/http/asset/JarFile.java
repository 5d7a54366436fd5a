package io.storageconnections.adapter.http.asset;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Reads files of this jar and of the web libraries. */
public final class JarFile {

  /** The folder with the files of this module. */
  public static final String FOLDER = "/io/storageconnections/adapter/http/";

  private JarFile() {}

  /**
   * Returns the content of a file.
   *
   * @param path the path on the class path, which begins with a slash
   * @throws IllegalStateException if the file does not exist
   */
  public static byte[] read(String path) {
    var content = find(path);
    if (content == null) {
      throw new IllegalStateException("not in the jar: " + path);
    }
    return content;
  }

  /** Returns the content of a file, as {@link #read} does; null if the file does not exist. */
  public static byte @Nullable [] find(String path) {
    try (var file = JarFile.class.getResourceAsStream(path)) {
      return file == null ? null : file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
