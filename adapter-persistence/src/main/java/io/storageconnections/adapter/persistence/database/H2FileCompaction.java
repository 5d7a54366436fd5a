package io.storageconnections.adapter.persistence.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.RandomAccessStore;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the size of the file of an embedded H2 database while the database is open. Each commit
 * appends a chunk with new copies of the pages it changed. H2 frees a chunk when all its pages are
 * out of date, and compacts the other chunks in a thread that does not run with {@code
 * WRITE_DELAY=0}. This class calls the same compaction in a thread of its own, which ends with
 * {@link #close()}.
 *
 * <p>The class loads classes of H2, so that only code that has opened an H2 database may touch it.
 */
public final class H2FileCompaction implements AutoCloseable {

  /** A file of at most this size is never compacted. */
  private static final long FREE_BYTES = 32L << 20;

  /** How long a file that was not closed, or not closed in time, may delay the start. */
  private static final Duration AT_START_MAX = Duration.ofSeconds(5);

  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final Duration INTERVAL_AFTER_FAILURE = Duration.ofSeconds(10);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  /** Live bytes that one step rewrites; commits wait while a step runs. */
  private static final int REWRITTEN_MAX = 1 << 20;

  private static final int MOVED_MAX = 8 << 20;

  /**
   * Time without effect after which the thread waits for the next commit. Longer than the retention
   * time, within which H2 frees nothing, however many steps a fast machine makes.
   */
  private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(10);

  /** A busy machine makes few steps within that time, and each may free space. */
  private static final int GIVE_UP_AFTER_STEPS = 50;

  private static final AtomicInteger THREADS = new AtomicInteger();

  private final DataSource dataSource;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread;

  private @Nullable MVStore store;
  private long writesSeen;
  private long smallestSize = Long.MAX_VALUE;
  private long lastEffectNanos = System.nanoTime();
  private int stepsWithoutEffect;
  private boolean hadEffect;

  private H2FileCompaction(DataSource dataSource, MVStore store) {
    this.dataSource = dataSource;
    this.store = store;
    thread =
        Thread.ofPlatform()
            .daemon()
            .name("storage-connections-compaction-" + THREADS.incrementAndGet())
            .unstarted(this::run);
  }

  /**
   * Compacts the file for a few seconds if it is too large, as after a kill, then starts the thread
   * that keeps it small.
   *
   * @param dataSource the pool, which is closed after this
   * @return null if the database has no file that this process writes to
   */
  public static @Nullable H2FileCompaction start(DataSource dataSource) {
    var store = storeOf(dataSource);
    if (store == null) {
      return null;
    }
    var compaction = new H2FileCompaction(dataSource, store);
    compaction.compactAtStart();
    compaction.thread.start();
    return compaction;
  }

  private void compactAtStart() {
    var end = System.nanoTime() + AT_START_MAX.toNanos();
    try {
      while (step() && System.nanoTime() < end) {
        if (!hadEffect && stoppedWithin(INTERVAL)) {
          return;
        }
      }
    } catch (RuntimeException unusable) {
      // The first request meets the same failure, and reports it.
    }
  }

  /** Waits without interrupting: an interrupt would close H2's file under the requests. */
  @Override
  public void close() {
    stopped.countDown();
    try {
      thread.join(STOP_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    var pause = INTERVAL;
    while (!stoppedWithin(pause)) {
      pause = compact();
    }
  }

  private boolean stoppedWithin(Duration pause) {
    try {
      return stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  /**
   * Returns how long to wait after this: as long as a step took, so that requests get half, or
   * longer if the step had no effect.
   */
  private Duration compact() {
    var start = System.nanoTime();
    try {
      if (!step()) {
        return INTERVAL;
      }
      var took = Duration.ofNanos(System.nanoTime() - start);
      return hadEffect && took.compareTo(INTERVAL) < 0 ? took : INTERVAL;
    } catch (RuntimeException failure) {
      // The disk is full, or the database was closed: requests meet the same failure, and report
      // it. Whatever it was, the thread goes on, because without it the file grows.
      store = null;
      return INTERVAL_AFTER_FAILURE;
    }
  }

  /** Returns whether there may be more to do at once. */
  private boolean step() {
    if (store == null || store.isClosed()) {
      store = storeOf(dataSource);
      smallestSize = Long.MAX_VALUE;
    }
    return store != null
        && store.getFileStore() instanceof RandomAccessStore file
        && step(store, file);
  }

  private boolean step(MVStore open, RandomAccessStore file) {
    var now = System.nanoTime();
    var size = file.size();
    var isIdle = file.getWriteCount() == writesSeen;
    if (!isIdle) {
      smallestSize = Long.MAX_VALUE;
    }
    if (size < smallestSize) {
      smallestSize = size;
      lastEffectNanos = now;
      stepsWithoutEffect = 0;
    }
    var goal = isIdle ? Goal.IDLE : Goal.BUSY;
    var isHopeless =
        stepsWithoutEffect >= GIVE_UP_AFTER_STEPS
            && now - lastEffectNanos > GIVE_UP_AFTER.toNanos();
    if (goal.isMetBy(file) || isHopeless) {
      writesSeen = file.getWriteCount();
      return false;
    }
    if (goal.wantsRewriting(file)) {
      open.compact(100, REWRITTEN_MAX);
    } else {
      // Frees the chunks that nothing needs any more, and moves others only if there are holes.
      file.compactMoveChunks(goal.percent, MOVED_MAX, open);
    }
    open.commit();
    stepsWithoutEffect++;
    // While others write, the size says little about the effect of a step.
    hadEffect = !isIdle || file.size() < size;
    writesSeen = file.getWriteCount();
    return true;
  }

  /** How much of a file is to be data that is up to date; the rest is old copies and holes. */
  private enum Goal {
    /** Costs commits little: a step frees more than it writes. */
    BUSY(2.0, 70),
    IDLE(1.25, 92);

    private final double sizePerLiveByte;

    /** Of chunks that is live, and of the file that is chunks. */
    private final int percent;

    Goal(double sizePerLiveByte, int percent) {
      this.sizePerLiveByte = sizePerLiveByte;
      this.percent = percent;
    }

    boolean isMetBy(RandomAccessStore file) {
      var size = file.size();
      if (size <= FREE_BYTES) {
        return true;
      }
      var live = size * file.getFillRate() / 100 * file.getChunksFillRate() / 100;
      return size <= FREE_BYTES + live * sizePerLiveByte;
    }

    /** Whether old copies take more room than holes, in chunks that may be rewritten already. */
    boolean wantsRewriting(RandomAccessStore file) {
      var live = liveInRewritable(file);
      return live < percent && live <= file.getFillRate();
    }

    private static int liveInRewritable(RandomAccessStore file) {
      var percent = new AtomicInteger(100);
      file.populateInfo((name, value) -> {
        if (name.equals("info.CHUNKS_FILL_RATE_RW")) {
          percent.set(Integer.parseInt(value));
        }
      });
      return percent.get();
    }
  }

  private static @Nullable MVStore storeOf(DataSource dataSource) {
    try (var connection = dataSource.getConnection()) {
      if (!(connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session)) {
        return null;
      }
      var store = session.getDatabase().getStore().getMvStore();
      return store.getFileStore() instanceof RandomAccessStore file && !file.isReadOnly()
          ? store
          : null;
    } catch (SQLException unreachable) {
      return null;
    }
  }
}
