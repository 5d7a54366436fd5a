package io.storageconnections.adapter.persistence.run;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import io.storageconnections.adapter.persistence.connection.ConnectionRows;
import io.storageconnections.adapter.persistence.sourcefile.SourceFileRows;
import io.storageconnections.application.port.RunRules;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.StorageConnection;
import io.storageconnections.domain.run.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.CommonTableExpression;
import org.jooq.DSLContext;
import org.jooq.ResultQuery;
import org.jooq.SQLDialect;
import org.jooq.TableLike;
import org.jspecify.annotations.Nullable;

/**
 * What a start of a run reads before its transaction, and writes in it if nothing has changed
 * meanwhile. Each is one statement if the database allows it: the time of a start is mostly that of
 * its round trips.
 *
 * @param connection the connection
 * @param files its source files, in the order of a list
 * @param latestStart the time when its newest run was started; null if it has none
 * @param isFull whether it has as many runs as are kept, so that the oldest one gives way
 * @param liveRunsOfITwin the number of live runs of its iTwin, at most {@link #COUNTED_RUNS_MAX}
 */
public record StartRows(
    StorageConnection connection,
    List<SourceFile> files,
    @Nullable Instant latestStart,
    boolean isFull,
    int liveRunsOfITwin) {

  /** Beyond this number, the priority of an iTwin's next run does not fall any more. */
  private static final int COUNTED_RUNS_MAX = 100;

  /** Reads the rows; empty if the connection does not exist, or its iModel is deleted. */
  public static Optional<StartRows> of(DSLContext dsl, ConnectionId connection, RunRules rules) {
    var latestStart = RunRows.latestStart(connection);
    var isFull = field(RunRows.hasAtLeast(rules.keptPerConnection(), connection));
    var liveRuns = LiveRunRows.countOfITwin(connection, COUNTED_RUNS_MAX);
    var rows = ConnectionRows.withFiles(dsl, connection, List.of(latestStart, isFull, liveRuns));
    return rows.stream()
        .findFirst()
        .map(first ->
            new StartRows(
                ConnectionRows.connection(first),
                rows.stream().flatMap(row -> SourceFileRows.optional(row).stream()).toList(),
                first.get(latestStart),
                first.get(isFull),
                first.get(liveRuns)));
  }

  /**
   * Inserts a run of the connection. Violates {@code LIVE_RUN} if another run of the scope is live.
   *
   * @return whether the run is inserted; if not, another run of the connection was started, or the
   *     connection was deleted, since the rows were read
   */
  public boolean insert(DSLContext transaction, Run run, RunRules rules) {
    var claim = ConnectionRows.updateOfLastRun(transaction, connection, run.id());
    var fitsInOneStatement =
        transaction.family() == SQLDialect.POSTGRES && run.tasks().size() <= TaskRows.ROWS_MAX;
    var isInserted =
        fitsInOneStatement
            ? insertTogether(transaction, claim, run, rules)
            : insertOneByOne(transaction, claim, run, rules);
    if (isInserted && isFull) {
      RunRows.deleteSurplus(transaction, connection.id(), rules.keptPerConnection());
    }
    return isInserted;
  }

  /** Executes one statement, whose insertions depend on the row that the claim has updated. */
  private boolean insertTogether(
      DSLContext transaction, ResultQuery<?> claim, Run run, RunRules rules) {
    var claimed = name("claimed");
    var parts = new ArrayList<CommonTableExpression<?>>();
    parts.add(claimed.as(claim));
    for (var insertion : insertions(transaction, run, rules, List.of(table(claimed)))) {
      parts.add(name("part_" + parts.size()).as(insertion));
    }
    return transaction.with(parts).selectOne().from(table(claimed)).fetchOptional().isPresent();
  }

  private boolean insertOneByOne(
      DSLContext transaction, ResultQuery<?> claim, Run run, RunRules rules) {
    if (claim.fetch().isEmpty()) {
      return false;
    }
    insertions(transaction, run, rules, List.of()).forEach(ResultQuery::execute);
    return true;
  }

  private List<ResultQuery<?>> insertions(
      DSLContext transaction, Run run, RunRules rules, List<? extends TableLike<?>> condition) {
    var insertions = new ArrayList<ResultQuery<?>>();
    insertions.add(RunRows.insertion(transaction, run, condition));
    insertions.addAll(TaskRows.insertions(transaction, run, condition));
    insertions.add(
        LiveRunRows.insertion(
            transaction, run, rules.exclusivity(), connection.iTwin(), condition));
    return insertions;
  }
}
