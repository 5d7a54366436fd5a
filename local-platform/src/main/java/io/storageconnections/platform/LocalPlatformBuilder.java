package io.storageconnections.platform;

import static java.util.Objects.requireNonNull;

import io.storageconnections.adapter.http.link.BaseUrl;
import io.storageconnections.application.port.Caller;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.platform.application.port.ConnectionsOfIModel;
import io.storageconnections.platform.application.storage.StorageSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Configures and builds a {@link LocalPlatform}. Not thread-safe. */
public final class LocalPlatformBuilder {

  final DataSource dataSource;
  final AccessMode mode;
  final Path blobFolder;
  BaseUrl url = BaseUrl.ofHttp("localhost", 8080);
  ConnectionsOfIModel connections = (caller, iModel) -> {};
  StorageSettings uploads = StorageSettings.DEFAULT;
  Clock clock = Clock.systemUTC();
  Supplier<UUID> ids = UUID::randomUUID;

  LocalPlatformBuilder(DataSource dataSource, AccessMode mode, Path blobFolder) {
    this.dataSource = dataSource;
    this.mode = mode;
    this.blobFolder = blobFolder;
  }

  /**
   * Sets the lifetime of unfinished uploads. Default: one hour.
   *
   * @param lifetime the time after which an upload that has not ended is removed; positive
   * @return this builder
   * @throws IllegalArgumentException if {@code lifetime} is not positive
   */
  public LocalPlatformBuilder uploadLifetime(Duration lifetime) {
    uploads = new StorageSettings(uploads.uploadBytesMax(), requireNonNull(lifetime, "lifetime"));
    return this;
  }

  /**
   * Sets the beginning of the links in answers. Default: {@code http://localhost:8080}.
   *
   * @param base the URL at which clients reach the server
   * @return this builder
   */
  public LocalPlatformBuilder url(BaseUrl base) {
    url = requireNonNull(base, "base");
    return this;
  }

  /**
   * Sets the greatest size of an upload. Default: 256 MiB, as the API documents.
   *
   * @param bytes 1 or more
   * @return this builder
   * @throws IllegalArgumentException if {@code bytes} is less than 1
   */
  public LocalPlatformBuilder uploadBytesMax(long bytes) {
    uploads = new StorageSettings(bytes, uploads.uploadLifetime());
    return this;
  }

  /**
   * Sets what deletes the connections of a deleted iModel: it closes the iModel, so that it gets no
   * more connections, and deletes those that it has. A repetition must delete what is left.
   * Default: nothing is deleted.
   *
   * @param deletion is called for each deleted iModel, at least once: with the caller who deletes
   *     it or its iTwin, and with its id. If it completes an interrupted deletion, the caller is
   *     the client {@code local-platform}. Thread-safe
   * @return this builder
   */
  public LocalPlatformBuilder connections(BiConsumer<Caller, IModelId> deletion) {
    connections = requireNonNull(deletion, "deletion")::accept;
    return this;
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
