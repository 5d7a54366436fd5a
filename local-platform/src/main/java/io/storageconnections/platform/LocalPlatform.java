package io.storageconnections.platform;

import static java.util.Objects.requireNonNull;

import io.storageconnections.adapter.http.RouteGroup;
import io.storageconnections.adapter.persistence.OpenIModelDirectory;
import io.storageconnections.adapter.persistence.database.SchemaMigrations;
import io.storageconnections.adapter.persistence.sql.Transactions;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.application.port.SourceContents;
import io.storageconnections.application.port.StorageFiles;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.port.StoreException.Reason;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.deletion.Deletions;
import io.storageconnections.platform.application.imodel.CreateIModel;
import io.storageconnections.platform.application.imodel.DeleteIModel;
import io.storageconnections.platform.application.imodel.GetIModel;
import io.storageconnections.platform.application.imodel.GetUserOfIModel;
import io.storageconnections.platform.application.imodel.ListIModels;
import io.storageconnections.platform.application.imodel.UpdateIModel;
import io.storageconnections.platform.application.itwin.CreateITwin;
import io.storageconnections.platform.application.itwin.DeleteITwin;
import io.storageconnections.platform.application.itwin.GetITwin;
import io.storageconnections.platform.application.itwin.ListITwins;
import io.storageconnections.platform.application.itwin.UpdateITwin;
import io.storageconnections.platform.application.member.GetMember;
import io.storageconnections.platform.application.member.ListMembers;
import io.storageconnections.platform.application.member.PutMember;
import io.storageconnections.platform.application.member.RemoveMember;
import io.storageconnections.platform.application.seed.SeedDatabase;
import io.storageconnections.platform.application.seed.SeedRefusedException;
import io.storageconnections.platform.directory.LocalSourceContents;
import io.storageconnections.platform.directory.LocalStorageFiles;
import io.storageconnections.platform.directory.OpenPlatformIModelDirectory;
import io.storageconnections.platform.directory.OwnIModelDirectory;
import io.storageconnections.platform.directory.UnknownIds;
import io.storageconnections.platform.http.imodel.IModelRoutes;
import io.storageconnections.platform.http.itwin.ITwinRoutes;
import io.storageconnections.platform.http.member.MemberRoutes;
import io.storageconnections.platform.http.unsupported.UnsupportedOperations;
import io.storageconnections.platform.persistence.imodel.JooqIModelStore;
import io.storageconnections.platform.persistence.itwin.JooqITwinStore;
import io.storageconnections.platform.persistence.member.JooqMemberStore;
import io.storageconnections.platform.persistence.seed.JooqSeedStore;
import io.storageconnections.platform.persistence.sql.PlatformConstraints;
import io.storageconnections.platform.persistence.sql.PlatformTables;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * iTwins, iModels and Storage of this server itself. The composition root of its bounded context.
 * Thread-safe.
 */
public final class LocalPlatform implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LocalPlatform.class);

  private static final Duration RESUME_EVERY = Duration.ofMinutes(1);

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  private static final Duration RESET_TIMEOUT = Duration.ofSeconds(10);

  private static final SchemaMigrations TABLES =
      new SchemaMigrations(
          "io/storageconnections/platform/migrations", "local_platform_schema_history");

  private final Deletions deletions;
  private final LocalStorage storage;
  private final List<RouteGroup> groups;
  private final IModelDirectory directory;
  private final StorageFiles files;
  private final SourceContents contents;
  private final ScheduledExecutorService background;
  private final Clock clock;
  private final Supplier<UUID> ids;
  private final DataSource dataSource;
  private final Transactions transactions;
  private final Runnable cacheInvalidation;

  /** A deletion holds the first lock, and a reset the second one. */
  private final ReadWriteLock deletionOrReset = new ReentrantReadWriteLock();

  LocalPlatform(LocalPlatformBuilder builder) {
    transactions = Transactions.on(builder.dataSource, PlatformConstraints.RANDOM_KEYS);
    var iTwins = new JooqITwinStore(transactions);
    var members = new JooqMemberStore(transactions);
    var iModels = new JooqIModelStore(transactions);
    var permissions = new Permissions(iTwins, members, iModels, builder.mode == AccessMode.OPEN);
    // The database keeps microseconds: the answer to a creation has the time of all later answers.
    clock = Clock.tick(builder.clock, Duration.of(1, ChronoUnit.MICROS));
    ids = builder.ids;
    dataSource = builder.dataSource;
    var unknown = new UnknownIds(iTwins, iModels);
    if (builder.mode == AccessMode.OPEN) {
      var others = OpenIModelDirectory.on(dataSource);
      directory = new OpenPlatformIModelDirectory(iModels, unknown, others);
      cacheInvalidation =
          () -> {
            others.forget();
            unknown.forget();
          };
    } else {
      directory = new OwnIModelDirectory(iModels);
      cacheInvalidation = () -> {};
    }
    storage =
        LocalStorage.on(
            transactions,
            permissions,
            builder.url,
            builder.blobFolder,
            builder.uploads,
            clock,
            builder.ids);
    files = new LocalStorageFiles(storage.store(), iModels, unknown, permissions);
    contents = new LocalSourceContents(storage.store(), storage.blobs(), unknown, permissions);
    deletions = new Deletions(iTwins, iModels, builder.connections, storage.sweeper(), clock);
    groups =
        List.of(
            storage.routes(),
            new UnsupportedOperations(),
            new ITwinRoutes(
                CreateITwin.on(iTwins, permissions, clock, builder.ids),
                GetITwin.on(iTwins, permissions),
                ListITwins.on(iTwins, permissions),
                UpdateITwin.on(iTwins, permissions, clock),
                deletingITwins(DeleteITwin.on(iTwins, permissions, deletions)),
                builder.url),
            new MemberRoutes(
                ListMembers.on(members, permissions),
                GetMember.on(members, permissions),
                PutMember.on(members, permissions, clock),
                RemoveMember.on(members, permissions)),
            new IModelRoutes(
                CreateIModel.on(iModels, permissions, clock, builder.ids),
                GetIModel.on(permissions),
                ListIModels.on(iModels, permissions),
                UpdateIModel.on(iModels, permissions),
                deletingIModels(DeleteIModel.on(iModels, permissions, deletions)),
                GetUserOfIModel.on(members, permissions),
                builder.url));
    background = Executors.newSingleThreadScheduledExecutor(LocalPlatform::backgroundThread);
  }

  /**
   * Begins the background work: a thread finishes deletions that were interrupted, and sweeps
   * Storage, now and every minute. Call it once, when connections can be deleted.
   */
  public void start() {
    var unused =
        background.scheduleWithFixedDelay(
            this::workInBackground, 0, RESUME_EVERY.toSeconds(), TimeUnit.SECONDS);
  }

  private DeleteITwin deletingITwins(DeleteITwin deletion) {
    return (caller, id) -> unlessReset(() -> deletion.delete(caller, id));
  }

  private DeleteIModel deletingIModels(DeleteIModel deletion) {
    return (caller, id) -> unlessReset(() -> deletion.delete(caller, id));
  }

  /**
   * Runs a deletion, which consists of several transactions, before or after a reset: otherwise it
   * could delete objects that a reset has brought back in the meantime.
   */
  private <T> T unlessReset(Supplier<T> deletion) {
    deletionOrReset.readLock().lock();
    try {
      return deletion.get();
    } finally {
      deletionOrReset.readLock().unlock();
    }
  }

  private static Thread backgroundThread(Runnable work) {
    var thread = new Thread(work, "local-platform-background");
    thread.setDaemon(true);
    return thread;
  }

  private void workInBackground() {
    try {
      resumeDeletions();
    } catch (RuntimeException failure) {
      LOG.warn("Deletions cannot be finished now; the next attempt is in one minute", failure);
    }
    try {
      sweepStorage();
    } catch (RuntimeException failure) {
      LOG.warn("Storage cannot be swept now; the next attempt is in one minute", failure);
    }
  }

  /**
   * Removes uploads that did not end, what is in deleted folders, and contents that no file has. A
   * background thread calls this at the start and every minute.
   *
   * @throws StoreException if the database cannot answer
   */
  public void sweepStorage() {
    var more = true;
    while (more && !Thread.currentThread().isInterrupted()) {
      more = unlessReset(storage.sweeper()::sweep);
    }
  }

  /**
   * Finishes deletions of iTwins and iModels that were interrupted, and deletes connections that
   * appeared while their iModel was deleted. A background thread calls this at the start and every
   * minute.
   *
   * @throws StoreException if the database cannot answer
   */
  public void resumeDeletions() {
    var unused =
        unlessReset(() -> {
          deletions.resume();
          return true;
        });
  }

  /**
   * Returns a builder of a local platform.
   *
   * @param dataSource the database, on which {@link #migrate} has run; its owner closes it
   * @param mode who may do what
   * @param blobFolder the folder of the contents of files, which the platform creates if it does
   *     not exist. Nodes that share the database share this folder
   * @return a new builder
   */
  public static LocalPlatformBuilder builder(
      DataSource dataSource, AccessMode mode, Path blobFolder) {
    return new LocalPlatformBuilder(
        requireNonNull(dataSource, "dataSource"),
        requireNonNull(mode, "mode"),
        requireNonNull(blobFolder, "blobFolder"));
  }

  /**
   * Creates and updates the tables. Several processes may call this at the same time.
   *
   * @param dataSource gives out connections to an H2 or a PostgreSQL, at least two at the same time
   * @return the number of migrations that this call ran, 0 or more
   * @throws StoreException if the database cannot be reached or used, or refuses a migration
   */
  public static int migrate(DataSource dataSource) {
    return TABLES.run(dataSource);
  }

  /**
   * Counts the migrations that the database lacks. Changes nothing.
   *
   * @param dataSource gives out connections to an H2 or a PostgreSQL
   * @return the number of missing migrations, 0 or more
   * @throws StoreException if the database cannot be reached
   */
  public static int missing(DataSource dataSource) {
    return TABLES.missing(dataSource);
  }

  /**
   * Counts the migrations that the database has. Changes nothing.
   *
   * @param dataSource gives out connections to an H2 or a PostgreSQL
   * @return the number of migrations, 0 or more
   * @throws StoreException if the database cannot be reached
   */
  public static int applied(DataSource dataSource) {
    return TABLES.applied(dataSource);
  }

  /**
   * Fills the empty database with a seed: in one transaction, so that a process that is killed
   * leaves an empty or a filled database. Does nothing if the same seed has filled the database
   * before, even if objects have changed since. Call it before the server accepts requests, after
   * the tables of the connections exist too.
   *
   * @param seed the seed
   * @return returns to the seed when it is run: removes all objects of this platform and all
   *     connections, and adds those of the seed again, in one transaction. Other requests wait, or
   *     find the objects from before or from after. Thread-safe. Throws a {@link StoreException} if
   *     the database cannot answer, or deletions do not end within ten seconds; nothing has changed
   *     then. Other nodes on the database keep their caches
   * @throws SeedException if the database contains other objects than those of the seed
   * @throws StoreException if the database cannot answer
   * @throws RuntimeException if the blob folder cannot be written
   */
  public Runnable seed(Seed seed) {
    var database = new SeedDatabase(JooqSeedStore.on(dataSource), storage.blobs(), clock, ids);
    try {
      database.fill(seed.plan());
    } catch (SeedRefusedException refused) {
      throw new SeedException(List.of(seed.name() + ": " + refused.getMessage()), refused);
    }
    return () -> reset(database, seed);
  }

  private void reset(SeedDatabase database, Seed seed) {
    var doing = "returning to the seed";
    try {
      if (!deletionOrReset.writeLock().tryLock(RESET_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        throw new StoreException(
            Reason.BUSY, doing, "deletions are in progress; try again when they end", null);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StoreException(Reason.BUSY, doing, "the server stops", interrupted);
    }
    try {
      database.reset(seed.plan());
      cacheInvalidation.run();
    } finally {
      deletionOrReset.writeLock().unlock();
    }
  }

  /**
   * Returns if the tables and the blob folder can be read and written.
   *
   * @throws StoreException if not, with the reason
   */
  public void check() {
    checkDatabase();
    checkBlobFolder();
  }

  /**
   * Returns if the tables can be read and written.
   *
   * @throws StoreException if not, with the reason
   */
  public void checkDatabase() {
    PlatformTables.check(transactions);
  }

  /**
   * Returns if the blob folder is that of the database, and can be read and written.
   *
   * @throws StoreException if not, with the reason
   */
  public void checkBlobFolder() {
    storage.check();
  }

  /** {@return the routes, for the server} */
  public RouteGroup routes() {
    return (routes, pipeline) -> groups.forEach(group -> group.mount(routes, pipeline));
  }

  /**
   * Returns the directory of iModels for the use cases of connections. In the mode {@link
   * AccessMode#OPEN}, ids that are unknown here are those of an {@link OpenIModelDirectory}.
   *
   * @return the directory, which need not be closed
   */
  public IModelDirectory iModelDirectory() {
    return directory;
  }

  /**
   * Returns the files that connections may use. In the mode {@link AccessMode#OPEN}, files of
   * iTwins that never existed here are usable too.
   *
   * @return the adapter, which need not be closed
   */
  public StorageFiles storageFiles() {
    return files;
  }

  /** {@return the contents of the files, for the workers that execute runs} */
  public SourceContents sourceContents() {
    return contents;
  }

  /** Ends the background work. A second call has no effect. */
  @Override
  public void close() {
    background.shutdownNow();
    try {
      if (!background.awaitTermination(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("A deletion did not end in time; the next start finishes it");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
