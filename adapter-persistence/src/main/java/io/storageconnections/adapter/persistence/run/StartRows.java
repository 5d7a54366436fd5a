package io.storageconnections.adapter.persistence.run;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import io.storageconnections.adapter.persistence.connection.ConnectionRows;
import io.storageconnections.adapter.persistence.sourcefile.SourceFileRows;
import io.storageconnections.application.port.RunRules;
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
import org.jspecify.annotations.Nullable;

/**
 * The rows that a start of a run reads and writes, in as few statements as the database allows: the
 * time of a start is mostly that of its round trips.
 *
 * @param connection the connection, whose row is locked
 * @param files its source files, in the order of a list; at least one
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

  /** The greatest number of parts of a statement; databases limit the number of parameters. */
  private static final int PARTS_MAX = 6;

  /** Reads the rows of a connection that the transaction has locked; empty if it has no files. */
  public static Optional<StartRows> of(
      DSLContext transaction, StorageConnection locked, RunRules rules) {
    var latestStart = RunRows.latestStart(locked.id());
    var isFull = field(RunRows.hasAtLeast(rules.keptPerConnection(), locked.id()));
    var liveRuns = LiveRunRows.countOf(locked.iTwin(), COUNTED_RUNS_MAX);
    var rows = SourceFileRows.all(transaction, locked.id(), List.of(latestStart, isFull, liveRuns));
    return rows.stream()
        .findFirst()
        .map(first ->
            new StartRows(
                locked,
                rows.stream().map(SourceFileRows::sourceFile).toList(),
                first.get(latestStart),
                first.get(isFull),
                first.get(liveRuns)));
  }

  /**
   * Inserts a run of the connection. Violates {@code LIVE_RUN} if another run of the scope is live.
   */
  public void insert(DSLContext transaction, Run run, RunRules rules) {
    var statements = new ArrayList<>(RunRows.insertions(transaction, run));
    statements.add(
        LiveRunRows.insertion(transaction, run, rules.exclusivity(), connection.iTwin()));
    statements.add(ConnectionRows.updateOfLastRun(transaction, connection.withLastRun(run.id())));
    if (transaction.family() == SQLDialect.POSTGRES && statements.size() <= PARTS_MAX) {
      executeTogether(transaction, statements);
    } else {
      statements.forEach(ResultQuery::execute);
    }
    if (isFull) {
      RunRows.deleteSurplus(transaction, connection.id(), rules.keptPerConnection());
    }
  }

  /** Executes statements as one, which PostgreSQL checks for violations at its end. */
  private static void executeTogether(
      DSLContext transaction, List<? extends ResultQuery<?>> statements) {
    var parts = new ArrayList<CommonTableExpression<?>>();
    for (var statement : statements) {
      parts.add(name("part_" + parts.size()).as(statement));
    }
    transaction.with(parts).selectOne().execute();
  }
}
