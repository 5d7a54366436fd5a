package io.storageconnections.adapter.persistence.run;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.one;
import static org.jooq.impl.DSL.table;

import io.storageconnections.adapter.persistence.audit.AuditRows;
import io.storageconnections.adapter.persistence.connection.ConnectionRows;
import io.storageconnections.adapter.persistence.sourcefile.SourceFileRows;
import io.storageconnections.adapter.persistence.sql.RenderedSql;
import io.storageconnections.application.port.RunRules;
import io.storageconnections.domain.audit.AuditEntry;
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
 * @param isFull whether it has as many runs as are kept, so that a start deletes the oldest one
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

  /**
   * The greatest number of tasks of one statement; each number has a text in {@link RenderedSql}.
   */
  private static final int TASKS_TOGETHER_MAX = 100;

  /** The shape of the query that reads the rows, for {@link RenderedSql}. */
  private record Reading() {}

  /** The shape of the statement that inserts a run, for {@link RenderedSql}. */
  private record Insertion(int tasks, boolean isFirstRun) {}

  /** Reads the rows; empty if the connection does not exist, or its iModel is deleted. */
  public static Optional<StartRows> of(
      DSLContext dsl, RenderedSql texts, ConnectionId connection, RunRules rules) {
    var latestStart = RunRows.latestStart(connection);
    var isFull = field(RunRows.hasAtLeast(rules.keptPerConnection(), connection));
    var liveRuns = LiveRunRows.countOfITwin(connection, COUNTED_RUNS_MAX);
    var others = List.of(latestStart, isFull, liveRuns);
    var iModel = connection.iModel().value();
    var id = connection.connection();
    var oldestKept = rules.keptPerConnection() - 1L;
    var rows =
        texts.fetch(
            dsl,
            new Reading(),
            () -> ConnectionRows.withFiles(dsl, connection, others),
            ConnectionRows.columnsWithFiles(others),
            // Of latestStart, isFull and liveRuns, then of the conditions.
            List.of(
                iModel,
                id,
                iModel,
                id,
                oldestKept,
                1L,
                iModel,
                id,
                (long) COUNTED_RUNS_MAX,
                iModel,
                id,
                iModel,
                iModel));
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
   * Inserts a run of the connection and its entry in the audit trail. Violates {@code LIVE_RUN} if
   * another run of the scope is live.
   *
   * @return whether the run is inserted; if not, another run of the connection was started, or the
   *     connection was deleted, since the rows were read
   */
  public boolean insert(
      DSLContext transaction, RenderedSql texts, Run run, AuditEntry entry, RunRules rules) {
    var fitsInOneStatement =
        transaction.family() == SQLDialect.POSTGRES && run.tasks().size() <= TASKS_TOGETHER_MAX;
    var isInserted =
        fitsInOneStatement
            ? insertTogether(transaction, texts, run, entry, rules)
            : insertOneByOne(transaction, run, entry, rules);
    if (isInserted && isFull) {
      RunRows.deleteSurplus(transaction, connection.id(), rules.keptPerConnection());
    }
    return isInserted;
  }

  private boolean insertTogether(
      DSLContext transaction, RenderedSql texts, Run run, AuditEntry entry, RunRules rules) {
    var values = new ArrayList<@Nullable Object>();
    values.addAll(List.of(run.id().value(), run.iModel().value(), connection.id().connection()));
    if (connection.lastRun() != null) {
      values.add(connection.lastRun().value());
    }
    values.addAll(List.of(run.iModel().value(), run.iModel().value()));
    RunRows.values(run).forEach(value -> values.add(value.getValue()));
    TaskRows.values(run).forEach(task -> task.forEach(value -> values.add(value.getValue())));
    LiveRunRows.values(run, rules.exclusivity(), connection.iTwin())
        .forEach(value -> values.add(value.getValue()));
    values.addAll(AuditRows.values(entry));
    return !texts
        .fetch(
            transaction,
            new Insertion(run.tasks().size(), connection.lastRun() == null),
            () -> together(transaction, run, entry, rules),
            List.of(one()),
            values)
        .isEmpty();
  }

  /** Returns one statement, whose insertions depend on the row that the claim has updated. */
  private ResultQuery<?> together(
      DSLContext transaction, Run run, AuditEntry entry, RunRules rules) {
    var claimed = name("claimed");
    var parts = new ArrayList<CommonTableExpression<?>>();
    parts.add(claimed.as(claim(transaction, run)));
    for (var insertion : insertions(transaction, run, entry, rules, List.of(table(claimed)))) {
      parts.add(name("part_" + parts.size()).as(insertion));
    }
    return transaction.with(parts).selectOne().from(table(claimed));
  }

  private ResultQuery<?> claim(DSLContext transaction, Run run) {
    return ConnectionRows.updateOfLastRun(transaction, connection, run.id());
  }

  private boolean insertOneByOne(
      DSLContext transaction, Run run, AuditEntry entry, RunRules rules) {
    if (claim(transaction, run).fetch().isEmpty()) {
      return false;
    }
    insertions(transaction, run, entry, rules, List.of()).forEach(ResultQuery::execute);
    return true;
  }

  private List<ResultQuery<?>> insertions(
      DSLContext transaction,
      Run run,
      AuditEntry entry,
      RunRules rules,
      List<? extends TableLike<?>> condition) {
    var insertions = new ArrayList<ResultQuery<?>>();
    insertions.add(RunRows.insertion(transaction, run, condition));
    insertions.addAll(TaskRows.insertions(transaction, run, condition));
    insertions.add(
        LiveRunRows.insertion(
            transaction, run, rules.exclusivity(), connection.iTwin(), condition));
    insertions.add(AuditRows.insertion(transaction, entry, condition));
    return insertions;
  }
}
