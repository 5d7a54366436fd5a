package io.storageconnections.adapter.execution.queue;

import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import java.time.Duration;
import java.time.Instant;

/** The table of queued runs, which has one row for each live run. */
public final class QueueTable {

  /** The name of the table. A migration of the module {@code adapter-persistence} creates it. */
  public static final String NAME = "storage_connection_run_execution";

  /** The value of the column {@code task_name} in every row. */
  public static final String TASK = "run";

  /** How the SQL of the supported databases differs from db-scheduler's default. */
  public static final JdbcCustomization SQL = new LockingSql();

  /** An execution has no data besides the key of the run. */
  public static final Serializer NO_DATA = new NoData();

  /**
   * The clock of a node that starts a run may be fast by this duration without delaying the run.
   */
  private static final Duration CLOCK_DIFFERENCE_MAX = Duration.ofMinutes(10);

  private QueueTable() {}

  /**
   * Returns the execution time of a run that is due now. It is in the past, so that the run is due
   * on nodes with slower clocks too. All runs that are due are shifted by the same duration, so
   * their order does not change.
   *
   * @param now the current time
   */
  public static Instant dueNow(Instant now) {
    return now.minus(CLOCK_DIFFERENCE_MAX);
  }

  private static final class NoData implements Serializer {

    private static final byte[] NOTHING = {};

    @Override
    public byte[] serialize(Object data) {
      return NOTHING;
    }

    @Override
    public <T> T deserialize(Class<T> type, byte[] serialized) {
      throw new IllegalStateException("the execution of a run has no data");
    }
  }
}
