package io.storageconnections.platform.application.storage;

import java.time.Duration;

/**
 * The limits of uploads.
 *
 * @param uploadBytesMax the greatest number of bytes of one upload, 1 or more
 * @param uploadLifetime the time after which an upload that has not ended is removed; positive
 */
public record StorageSettings(long uploadBytesMax, Duration uploadLifetime) {

  /** The limits without other settings: 256 MiB, as the API documents, and one hour. */
  public static final StorageSettings DEFAULT =
      new StorageSettings(256L * 1024 * 1024, Duration.ofHours(1));

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public StorageSettings {
    if (uploadBytesMax < 1 || !uploadLifetime.isPositive()) {
      throw new IllegalArgumentException("a limit of uploads is not positive");
    }
  }
}
