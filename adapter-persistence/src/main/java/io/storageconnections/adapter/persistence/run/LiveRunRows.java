package io.storageconnections.adapter.persistence.run;

import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_LIVE_RUN;
import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_RUN;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectCount;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;

import io.storageconnections.adapter.persistence.connection.ConnectionRows;
import io.storageconnections.adapter.persistence.schema.tables.StorageConnectionLiveRun;
import io.storageconnections.adapter.persistence.schema.tables.StorageConnectionRun;
import io.storageconnections.application.port.LiveRuns;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.RunId;
import io.storageconnections.domain.run.Run;
import io.storageconnections.domain.run.RunExclusivity;
import io.storageconnections.domain.run.RunKey;
import io.storageconnections.domain.run.RunState;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.ResultQuery;
import org.jooq.TableLike;
import org.jooq.impl.DSL;

/**
 * Reads and writes the rows of live runs, in a transaction of the caller or as single statements.
 */
public final class LiveRunRows {

  private static final StorageConnectionLiveRun LIVE = STORAGE_CONNECTION_LIVE_RUN;
  private static final StorageConnectionRun RUN = STORAGE_CONNECTION_RUN;

  private LiveRunRows() {}

  /**
   * Returns the statement that inserts a live run. It violates {@code LIVE_RUN} if another run of
   * the scope is live.
   *
   * @param condition as for {@link RunRows#insertion}
   */
  static ResultQuery<?> insertion(
      DSLContext dsl,
      Run run,
      RunExclusivity exclusivity,
      ITwinId iTwin,
      List<? extends TableLike<?>> condition) {
    return dsl.insertInto(
            LIVE,
            List.of(LIVE.IMODEL_ID, LIVE.SCOPE_ID, LIVE.CONNECTION_ID, LIVE.RUN_ID, LIVE.ITWIN_ID))
        .select(select(values(run, exclusivity, iTwin)).from(condition))
        .returning(LIVE.RUN_ID);
  }

  /** Returns the values of {@link #insertion}. */
  static List<Param<?>> values(Run run, RunExclusivity exclusivity, ITwinId iTwin) {
    return List.of(
        val(run.iModel().value(), LIVE.IMODEL_ID),
        val(exclusivity.scopeOf(run.connection()), LIVE.SCOPE_ID),
        val(run.connection().connection(), LIVE.CONNECTION_ID),
        val(run.id().value(), LIVE.RUN_ID),
        val(iTwin.value(), LIVE.ITWIN_ID));
  }

  /** Deletes the row of a run that is completed. */
  public static void delete(DSLContext transaction, RunKey run) {
    transaction
        .deleteFrom(LIVE)
        .where(LIVE.IMODEL_ID.eq(run.connection().iModel().value()))
        .and(LIVE.RUN_ID.eq(run.run().value()))
        .execute();
  }

  /** Finds a live run that prevents the start of another one of a connection. */
  public static Optional<RunKey> find(
      DSLContext dsl, ConnectionId connection, RunExclusivity exclusivity) {
    var iModel = connection.iModel();
    return dsl.select(LIVE.CONNECTION_ID, LIVE.RUN_ID)
        .from(LIVE)
        .where(LIVE.IMODEL_ID.eq(iModel.value()))
        .and(
            switch (exclusivity) {
              case PER_IMODEL -> noCondition();
              case PER_CONNECTION -> LIVE.CONNECTION_ID.eq(connection.connection());
            })
        .limit(1)
        .fetchOptional(row ->
            new RunKey(
                new ConnectionId(iModel, row.get(LIVE.CONNECTION_ID)),
                new RunId(row.get(LIVE.RUN_ID))));
  }

  /** Counts the live runs of all iModels, with one statement. */
  public static LiveRuns count(DSLContext dsl) {
    var byState = new EnumMap<RunState, Long>(RunState.class);
    Instant oldestQueuedSince = null;
    var rows =
        dsl.select(RUN.STATE, DSL.count(), min(RUN.CHANGED_AT))
            .from(LIVE)
            .join(RUN)
            .on(RUN.IMODEL_ID.eq(LIVE.IMODEL_ID))
            .and(RUN.RUN_ID.eq(LIVE.RUN_ID))
            .groupBy(RUN.STATE)
            .fetch();
    for (var row : rows) {
      var state = RunState.parse(row.value1());
      byState.put(state, row.value2().longValue());
      if (state == RunState.QUEUED) {
        oldestQueuedSince = row.value3();
      }
    }
    return new LiveRuns(byState, Optional.ofNullable(oldestQueuedSince));
  }

  /**
   * Returns the number of live runs of the iTwin of a connection; stops to count at {@code max}, so
   * that the count stays cheap.
   */
  static Field<Integer> countOfITwin(ConnectionId connection, int max) {
    return field(
        selectCount()
            .from(
                selectOne()
                    .from(LIVE)
                    .where(LIVE.ITWIN_ID.eq(ConnectionRows.iTwin(connection)))
                    .limit(max)));
  }
}
