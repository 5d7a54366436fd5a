package io.storageconnections.platform;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Configures and builds a {@link LocalPlatform}. Not thread-safe. */
public final class LocalPlatformBuilder {

  final DataSource dataSource;
  final AccessMode mode;
  Clock clock = Clock.systemUTC();
  Supplier<UUID> ids = UUID::randomUUID;

  LocalPlatformBuilder(DataSource dataSource, AccessMode mode) {
    this.dataSource = dataSource;
    this.mode = mode;
  }

  /**
   * Sets the clock of new objects. Default: the system's clock.
   *
   * @param source returns the time
   * @return this builder
   */
  public LocalPlatformBuilder clock(Clock source) {
    clock = requireNonNull(source, "source");
    return this;
  }

  /**
   * Sets the source of new ids. Default: random GUIDs.
   *
   * @param source returns a new random GUID of version 4 at each call; thread-safe
   * @return this builder
   */
  public LocalPlatformBuilder ids(Supplier<UUID> source) {
    ids = requireNonNull(source, "source");
    return this;
  }

  /**
   * Builds the platform.
   *
   * @return the platform, which the caller closes
   */
  public LocalPlatform build() {
    return new LocalPlatform(this);
  }
}
