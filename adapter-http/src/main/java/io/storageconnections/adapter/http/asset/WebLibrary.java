package io.storageconnections.adapter.http.asset;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Properties;

/** A library for browsers, whose files are in a jar of its own. */
public enum WebLibrary {
  /** Shows the OpenAPI document. */
  SWAGGER_UI("swagger-ui"),
  /** Renders the console. */
  PREACT("preact"),
  /** The templates of the console. */
  HTM("htm");

  /** The folders contain the versions of the libraries, which the build writes into this file. */
  private static final String FOLDERS = JarFile.FOLDER + "web-libraries.properties";

  private final String key;

  WebLibrary(String key) {
    this.key = key;
  }

  /**
   * Returns the content of a file.
   *
   * @param name the path of the file in the library
   * @throws IllegalStateException if the library has no such file
   */
  public byte[] file(String name) {
    return JarFile.read(folder() + name);
  }

  private String folder() {
    var folders = new Properties();
    try {
      folders.load(new StringReader(new String(JarFile.read(FOLDERS), UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folders.getProperty(key);
  }
}
