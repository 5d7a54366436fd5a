package io.storageconnections.bootstrap;

import io.storageconnections.bootstrap.settings.SettingsException;
import io.storageconnections.platform.LocalPlatform;
import io.storageconnections.platform.Seed;
import io.storageconnections.platform.SeedException;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * A seed that is read and valid. Like {@link ServedPlatform}, it keeps the classes of the module
 * {@code local-platform} away from a server without a local platform.
 */
final class SeedFile {

  private final Seed seed;

  private SeedFile(Seed seed) {
    this.seed = seed;
  }

  /** Reads a file; throws a {@link SeedException} if it is wrong. */
  static SeedFile read(Path file) {
    return new SeedFile(Seed.read(file, Seed.CONTENT_BYTES_MAX));
  }

  /** Parses a text, as {@link #read} reads a file. */
  static SeedFile parse(String text, Path folder) {
    return new SeedFile(Seed.parse(text, folder, Seed.CONTENT_BYTES_MAX));
  }

  /**
   * Runs an action that reads or applies a seed.
   *
   * @throws SettingsException if the seed has problems
   */
  static <T> T refusingProblems(Supplier<T> action) {
    try {
      return action.get();
    } catch (SeedException unusable) {
      throw new SettingsException(unusable.problems());
    }
  }

  /** Fills the platform. Returns what returns to the seed. */
  Runnable fill(LocalPlatform platform) {
    return platform.seed(seed);
  }
}
