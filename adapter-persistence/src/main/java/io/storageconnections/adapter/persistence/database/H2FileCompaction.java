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
 * Limits the size of the file of an embedded H2 database while the database is open. Each commit
 * appends a chunk to the file, with new copies of the changed pages. H2 frees a chunk when all its
 * pages are out of date. H2 also has a thread that compacts the other chunks, but this thread does
 * not run with {@code WRITE_DELAY=0}, which {@code Database} sets. This class therefore calls the
 * same compaction in a thread of its own, which {@link #close()} ends.
 *
 * <p>Loading this class loads classes of H2. Only code that has opened an H2 database may therefore
 * use it.
 */
public final class H2FileCompaction implements AutoCloseable {

  /** A file up to this size, in bytes, is never compacted. */
  private static final long FREE_BYTES = 32L << 20;

  /** The longest time for which compaction may delay the start. */
  private static final Duration AT_START_MAX = Duration.ofSeconds(5);

  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final Duration INTERVAL_AFTER_FAILURE = Duration.ofSeconds(10);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  /** The greatest number of live bytes that one step rewrites. Commits wait while a step runs. */
  private static final int REWRITTEN_MAX = 1 << 20;

  /** The greatest number of bytes that one step moves. Commits wait while a step runs. */
  private static final int MOVED_MAX = 8 << 20;

  /**
   * If no step makes the file smaller for this time, the thread waits for the next commit. The time
   * is longer than the retention time, during which H2 frees no chunk.
   */
  private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(10);

  /**
   * The least number of steps before the thread waits for the next commit. A busy machine runs only
   * few steps in {@link #GIVE_UP_AFTER}, and each of them may free space.
   */
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
   * Compacts the file for up to 5 seconds if it is too large, for example after a crash. Then
   * starts the thread that keeps the file small.
   *
   * @param dataSource the pool; the caller closes it after this object
   * @return the running compaction; null if this process writes to no file of the database
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
      // The first request fails for the same reason, and reports it.
    }
  }

  /**
   * Waits for the end of the thread without interrupting it: an interrupt would make H2 close its
   * file while requests still use it.
   */
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
   * Runs one step, and returns the pause after it. The pause is as long as the step, so that
   * requests get half of the time, or longer if the step had no effect.
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
      // The disk is full, or the database was closed: requests fail for the same reason, and report
      // it. The thread continues after every failure, because the file grows without it.
      store = null;
      return INTERVAL_AFTER_FAILURE;
    }
  }

  /** Returns whether the next step can follow immediately. */
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
    var isWithoutEffect =
        stepsWithoutEffect >= GIVE_UP_AFTER_STEPS
            && now - lastEffectNanos > GIVE_UP_AFTER.toNanos();
    if (goal.isMetBy(file) || isWithoutEffect) {
      writesSeen = file.getWriteCount();
      return false;
    }
    if (goal.wantsRewriting(file)) {
      open.compact(100, REWRITTEN_MAX);
    } else {
      // Frees unused chunks, and moves the others only if the file has gaps.
      file.compactMoveChunks(goal.percent, MOVED_MAX, open);
    }
    open.commit();
    stepsWithoutEffect++;
    // While requests write, the size of the file does not show the effect of a step.
    hadEffect = !isIdle || file.size() < size;
    writesSeen = file.getWriteCount();
    return true;
  }

  /** The wanted share of live data in the file. The rest consists of outdated copies and gaps. */
  private enum Goal {
    /**
     * While requests write. Delays commits only little, because a step frees more than it writes.
     */
    BUSY(2.0, 70),
    /** While no request writes. */
    IDLE(1.25, 92);

    private final double sizePerLiveByte;

    /** The wanted percentage of live data in chunks, and of chunks in the file. */
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

    /**
     * Returns whether outdated copies take more space than gaps, in the chunks that H2 allows to
     * rewrite.
     */
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
