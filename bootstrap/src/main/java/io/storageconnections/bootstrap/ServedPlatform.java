package io.storageconnections.bootstrap;

import io.storageconnections.adapter.http.RouteGroup;
import io.storageconnections.adapter.http.link.BaseUrl;
import io.storageconnections.adapter.persistence.Migrations;
import io.storageconnections.application.ForwardingUseCases;
import io.storageconnections.application.UseCases;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.application.port.SourceContents;
import io.storageconnections.application.port.StorageFiles;
import io.storageconnections.application.readiness.CheckReadiness;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.platform.AccessMode;
import io.storageconnections.platform.LocalPlatform;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The local platform that a server serves beside its API. No other class of this module uses the
 * module {@code local-platform}, so that a server without a local platform runs without its jar.
 */
final class ServedPlatform implements AutoCloseable {

  private final LocalPlatform platform;
  private final AtomicReference<@Nullable UseCases> useCases;

  /**
   * Which local platform a server has.
   *
   * @param blobFolder null for a temporary folder
   */
  record Options(boolean isOpen, @Nullable Path blobFolder) {}

  private ServedPlatform(LocalPlatform platform, AtomicReference<@Nullable UseCases> useCases) {
    this.platform = platform;
    this.useCases = useCases;
  }

  /** Opens the platform. Its background work begins with {@link #start}. */
  static ServedPlatform open(
      boolean isOpen,
      Path blobFolder,
      Duration uploadLifetime,
      DataSource dataSource,
      BaseUrl url,
      Clock clock,
      Supplier<UUID> ids) {
    var useCases = new AtomicReference<@Nullable UseCases>();
    var mode = isOpen ? AccessMode.OPEN : AccessMode.OWN;
    return new ServedPlatform(
        LocalPlatform.builder(dataSource, mode, blobFolder)
            .url(url)
            .clock(clock)
            .ids(ids)
            .uploadLifetime(uploadLifetime)
            .connections((caller, iModel) -> deleteConnections(useCases, caller, iModel))
            .build(),
        useCases);
  }

  private static void deleteConnections(
      AtomicReference<@Nullable UseCases> useCases, Caller caller, IModelId iModel) {
    var unused =
        Objects.requireNonNull(useCases.get(), "the platform is not started")
            .deleteConnectionsOfIModel()
            .delete(caller, iModel);
  }

  /** Creates and updates the tables of the platform; returns the number of migrations. */
  static int migrate(DataSource dataSource) {
    return LocalPlatform.migrate(dataSource);
  }

  /** Counts the missing migrations of the server's tables and of those of the platform. */
  static int missingMigrations(DataSource dataSource) {
    return Migrations.missing(dataSource) + LocalPlatform.missing(dataSource);
  }

  /** Counts the migrations of the platform's tables that the database has. */
  static int appliedToPlatform(DataSource dataSource) {
    return LocalPlatform.applied(dataSource);
  }

  /** Counts the migrations of the platform's tables that the database lacks. */
  static int missingOfPlatform(DataSource dataSource) {
    return LocalPlatform.missing(dataSource);
  }

  /** Returns if the tables can be read and written; otherwise throws a StoreException. */
  void checkDatabase() {
    platform.checkDatabase();
  }

  /** Returns if the blob folder can be read and written; otherwise throws a StoreException. */
  void checkBlobFolder() {
    platform.checkBlobFolder();
  }

  /**
   * Fills the platform with a seed and begins the background work, before the server accepts
   * requests.
   *
   * @param seed null for none
   * @return returns to the seed; null without one
   */
  @Nullable Runnable start(UseCases connections, @Nullable SeedFile seed) {
    useCases.set(connections);
    var reset = seed == null ? null : seed.fill(platform);
    platform.start();
    return reset;
  }

  /** Returns use cases whose readiness includes that of the platform. */
  UseCases checkedWith(UseCases connections) {
    return new CheckedUseCases(connections, platform);
  }

  private record CheckedUseCases(UseCases next, LocalPlatform platform)
      implements ForwardingUseCases {

    @Override
    public CheckReadiness checkReadiness() {
      return () -> {
        next.checkReadiness().check();
        platform.check();
      };
    }
  }

  IModelDirectory iModels() {
    return platform.iModelDirectory();
  }

  StorageFiles storageFiles() {
    return platform.storageFiles();
  }

  SourceContents sourceContents() {
    return platform.sourceContents();
  }

  RouteGroup routes() {
    return platform.routes();
  }

  @Override
  public void close() {
    platform.close();
  }
}
