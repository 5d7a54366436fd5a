package io.storageconnections.platform.application.seed;

import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a file of a seed.
 *
 * @param sha256 the SHA-256 hash of the bytes, as 64 hexadecimal digits in lower case
 * @param size the number of bytes
 * @param bytes opens the bytes
 */
public record SeedContent(String sha256, long size, Source bytes) {

  /** Opens the bytes of a content. */
  @FunctionalInterface
  public interface Source {

    /**
     * Returns the bytes from the first one on. The caller closes the stream.
     *
     * @throws IOException if they cannot be read
     */
    InputStream open() throws IOException;
  }
}
