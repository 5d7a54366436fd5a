package io.storageconnections.bootstrap;

import io.storageconnections.adapter.http.port.ServerInfo.MigratedTables;
import io.storageconnections.application.port.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToIntFunction;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The migrations that a database has and lacks. One thread counts them, so that a database that
 * does not answer delays a caller by a few seconds at most, and keeps one thread only. Thread-safe.
 */
final class MigrationCounts implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MigrationCounts.class);

  private static final Duration WAIT_MAX = Duration.ofSeconds(3);

  private final List<Tables> all = new CopyOnWriteArrayList<>();
  private final Duration waitMax;
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("migration-counts").factory());

  /** Guarded by this. */
  private @Nullable Future<List<MigratedTables>> reading;

  private record Tables(
      String name,
      DataSource dataSource,
      ToIntFunction<DataSource> applied,
      ToIntFunction<DataSource> missing) {

    MigratedTables count() {
      try {
        return new MigratedTables(
            name, applied.applyAsInt(dataSource), missing.applyAsInt(dataSource));
      } catch (StoreException unknown) {
        return unknown();
      }
    }

    MigratedTables unknown() {
      return new MigratedTables(name, null, null);
    }
  }

  MigrationCounts() {
    this(WAIT_MAX);
  }

  /**
   * Creates an object without tables.
   *
   * @param waitMax how long {@link #read} may wait
   */
  MigrationCounts(Duration waitMax) {
    this.waitMax = waitMax;
  }

  /**
   * Adds tables that have a history of their own.
   *
   * @param applied counts the migrations that the database has
   * @param missing counts those that it lacks
   */
  void add(
      String name,
      DataSource dataSource,
      ToIntFunction<DataSource> applied,
      ToIntFunction<DataSource> missing) {
    all.add(new Tables(name, dataSource, applied, missing));
  }

  /** Counts now. The numbers of a database that does not answer are null. */
  List<MigratedTables> read() {
    try {
      return begun().get(waitMax.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException | RejectedExecutionException failure) {
      LOG.debug("The migrations cannot be counted", failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return all.stream().map(Tables::unknown).toList();
  }

  /** Begins to count, unless the last caller's reading has not ended yet. */
  private synchronized Future<List<MigratedTables>> begun() {
    var running = reading;
    if (running == null || running.isDone()) {
      running = reader.submit(() -> all.stream().map(Tables::count).toList());
      reading = running;
    }
    return running;
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }
}
