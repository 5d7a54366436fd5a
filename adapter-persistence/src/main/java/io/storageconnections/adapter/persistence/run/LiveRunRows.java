package io.storageconnections.adapter.persistence.run;

import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_LIVE_RUN;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.selectCount;
import static org.jooq.impl.DSL.selectOne;

import io.storageconnections.adapter.persistence.schema.tables.StorageConnectionLiveRun;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.RunId;
import io.storageconnections.domain.run.Run;
import io.storageconnections.domain.run.RunExclusivity;
import io.storageconnections.domain.run.RunKey;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.ResultQuery;

/**
 * Reads and writes the rows of live runs, in a transaction of the caller or as single statements.
 */
public final class LiveRunRows {

  private static final StorageConnectionLiveRun LIVE = STORAGE_CONNECTION_LIVE_RUN;

  private LiveRunRows() {}

  /**
   * Returns the statement that inserts a live run. It violates {@code LIVE_RUN} if another run of
   * the scope is live.
   */
  public static ResultQuery<?> insertion(
      DSLContext dsl, Run run, RunExclusivity exclusivity, ITwinId iTwin) {
    return dsl.insertInto(LIVE)
        .set(LIVE.IMODEL_ID, run.iModel().value())
        .set(LIVE.SCOPE_ID, exclusivity.scopeOf(run.connection()))
        .set(LIVE.CONNECTION_ID, run.connection().connection())
        .set(LIVE.RUN_ID, run.id().value())
        .set(LIVE.ITWIN_ID, iTwin.value())
        .returning(LIVE.RUN_ID);
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

  /**
   * Returns the number of live runs of an iTwin; stops to count at {@code max}, so that the count
   * stays cheap.
   */
  static Field<Integer> countOf(ITwinId iTwin, int max) {
    return field(
        selectCount()
            .from(selectOne().from(LIVE).where(LIVE.ITWIN_ID.eq(iTwin.value())).limit(max)));
  }
}
