package io.storageconnections.bootstrap;

import io.storageconnections.platform.LocalPlatform;
import io.storageconnections.platform.Seed;
import java.nio.file.Path;

/**
 * A seed that is read and valid. Like {@link ServedPlatform}, it keeps the classes of the module
 * {@code local-platform} away from a server without a local platform.
 */
final class SeedFile {

  private final Seed seed;

  private SeedFile(Seed seed) {
    this.seed = seed;
  }

  /** Reads a file; throws a {@link io.storageconnections.platform.SeedException} if it is wrong. */
  static SeedFile read(Path file) {
    return new SeedFile(Seed.read(file, Seed.CONTENT_BYTES_MAX));
  }

  /** Parses a text, as {@link #read} reads a file. */
  static SeedFile parse(String text, Path folder) {
    return new SeedFile(Seed.parse(text, folder, Seed.CONTENT_BYTES_MAX));
  }

  /** Fills the platform. Returns what returns to the seed. */
  Runnable fill(LocalPlatform platform) {
    return platform.seed(seed);
  }
}
