package io.storageconnections.adapter.persistence.run;

import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_RUN;
import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_RUN_TASK;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.orderBy;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectCount;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.val;

import io.storageconnections.adapter.persistence.schema.tables.StorageConnectionRun;
import io.storageconnections.adapter.persistence.schema.tables.StorageConnectionRunTask;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.Origin;
import io.storageconnections.domain.connection.RunId;
import io.storageconnections.domain.run.ErrorKey;
import io.storageconnections.domain.run.Job;
import io.storageconnections.domain.run.JobId;
import io.storageconnections.domain.run.Run;
import io.storageconnections.domain.run.RunKey;
import io.storageconnections.domain.run.RunState;
import io.storageconnections.domain.run.Task;
import io.storageconnections.domain.run.TaskId;
import io.storageconnections.domain.run.Transition.Applied;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.TableLike;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the rows of runs with those of their tasks, in a transaction of the caller or as
 * single statements.
 */
public final class RunRows {

  private static final StorageConnectionRun RUN = STORAGE_CONNECTION_RUN;
  private static final StorageConnectionRunTask TASK = STORAGE_CONNECTION_RUN_TASK;

  private static final List<Field<?>> COLUMNS =
      List.of(
          RUN.IMODEL_ID,
          RUN.RUN_ID,
          RUN.CONNECTION_ID,
          RUN.CLIENT,
          RUN.SUBJECT,
          RUN.CORRELATION_ID,
          RUN.TRACE_PARENT,
          RUN.STARTED_AT,
          RUN.STATE,
          RUN.CANCEL_REQUESTED,
          RUN.FAILURE,
          RUN.FENCE,
          RUN.NODE,
          RUN.REVISION,
          RUN.CHANGED_AT);

  private static final List<OrderField<?>> NEWEST_FIRST =
      List.of(RUN.STARTED_AT.desc(), RUN.RUN_ID.desc());

  /** A page of runs ends with the run that reaches this number of tasks. */
  private static final int TASKS_OF_A_PAGE = 10_000;

  private static final Field<Integer> RUNS = field(name("runs"), Integer.class);
  private static final Field<Integer> TASKS = field(name("tasks"), Integer.class);
  private static final Field<BigDecimal> TASKS_BEFORE =
      field(name("tasks_before"), BigDecimal.class);

  private RunRows() {}

  /**
   * Returns the statement that inserts a new run.
   *
   * @param condition tables of which each row inserts the run; empty to insert it once
   */
  static ResultQuery<?> insertion(DSLContext dsl, Run run, List<? extends TableLike<?>> condition) {
    return dsl.insertInto(RUN, COLUMNS)
        .select(select(values(run)).from(condition))
        .returning(RUN.RUN_ID);
  }

  /** Returns the values of {@link #insertion}. */
  static List<Param<?>> values(Run run) {
    return List.of(
        val(run.iModel().value(), RUN.IMODEL_ID),
        val(run.id().value(), RUN.RUN_ID),
        val(run.connection().connection(), RUN.CONNECTION_ID),
        val(run.origin().client(), RUN.CLIENT),
        val(run.origin().subject(), RUN.SUBJECT),
        val(run.origin().correlationId(), RUN.CORRELATION_ID),
        val(run.origin().traceParent(), RUN.TRACE_PARENT),
        val(run.started(), RUN.STARTED_AT),
        val(run.state().toString(), RUN.STATE),
        val(run.cancelRequested(), RUN.CANCEL_REQUESTED),
        val(text(run.failure()), RUN.FAILURE),
        val(run.fence(), RUN.FENCE),
        val(run.node(), RUN.NODE),
        val(run.revision(), RUN.REVISION),
        val(run.changed(), RUN.CHANGED_AT));
  }

  /** Writes what a transition has changed. */
  public static void update(DSLContext transaction, Applied transition) {
    var run = transition.run();
    transaction
        .update(RUN)
        .set(RUN.STATE, run.state().toString())
        .set(RUN.CANCEL_REQUESTED, run.cancelRequested())
        .set(RUN.FAILURE, text(run.failure()))
        .set(RUN.FENCE, run.fence())
        .set(RUN.NODE, run.node())
        .set(RUN.REVISION, run.revision())
        .set(RUN.CHANGED_AT, run.changed())
        .where(is(run.key()))
        .execute();
    TaskRows.update(transaction, run.iModel(), transition.changedTasks());
  }

  private static @Nullable String text(@Nullable ErrorKey failure) {
    return failure == null ? null : failure.toString();
  }

  /** Finds a run. One statement reads it, so that all values are of the same moment. */
  public static Optional<Run> find(DSLContext dsl, RunKey key) {
    return runs(
            dsl.select(RUN.fields())
                .select(TASK.fields())
                .from(RUN)
                .join(TASK)
                .on(TASK.IMODEL_ID.eq(RUN.IMODEL_ID))
                .and(TASK.RUN_ID.eq(RUN.RUN_ID))
                .where(is(key))
                .orderBy(TASK.TASK_INDEX)
                .fetch())
        .stream()
        .findFirst();
  }

  /** Finds a run and locks its row until the transaction ends; empty if it does not exist. */
  public static Optional<Run> lock(DSLContext transaction, RunKey key) {
    var row = transaction.selectFrom(RUN).where(is(key)).forUpdate().fetchOptional();
    return row.map(run ->
        run(
            run,
            transaction
                .selectFrom(TASK)
                .where(TASK.IMODEL_ID.eq(key.connection().iModel().value()))
                .and(TASK.RUN_ID.eq(key.run().value()))
                .orderBy(TASK.TASK_INDEX)
                .fetch()));
  }

  /**
   * Reads a page of the runs of a connection, the newest first. The page ends early if its runs
   * have too many tasks for the memory of the server.
   */
  public static Page<Run> list(DSLContext dsl, ConnectionId connection, PageRequest request) {
    var page =
        select(RUN.fields())
            .from(RUN)
            .where(isOf(connection))
            .orderBy(NEWEST_FIRST)
            .offset(request.skip())
            // One row more than the page needs tells whether entries follow the page.
            .limit(request.top() + 1)
            .asTable(RUN);
    var counted =
        select(RUN.fields())
            .select(
                field(
                        selectCount()
                            .from(TASK)
                            .where(TASK.IMODEL_ID.eq(RUN.IMODEL_ID))
                            .and(TASK.RUN_ID.eq(RUN.RUN_ID)))
                    .as(TASKS))
            .from(page)
            .asTable(RUN);
    var summed =
        select(RUN.fields())
            .select(count().over().as(RUNS))
            .select(sum(TASKS).over(orderBy(NEWEST_FIRST)).minus(TASKS).as(TASKS_BEFORE))
            .from(counted)
            .asTable(RUN);
    var rows =
        dsl.select(RUN.fields())
            .select(RUNS)
            .select(TASK.fields())
            .from(summed)
            .join(TASK)
            .on(TASK.IMODEL_ID.eq(RUN.IMODEL_ID))
            .and(TASK.RUN_ID.eq(RUN.RUN_ID))
            .where(TASKS_BEFORE.lt(BigDecimal.valueOf(TASKS_OF_A_PAGE)))
            .orderBy(RUN.STARTED_AT.desc(), RUN.RUN_ID.desc(), TASK.TASK_INDEX)
            .fetch();
    var items = runs(rows).stream().limit(request.top()).toList();
    var preceding =
        items.isEmpty() && request.skip() > 0
            ? dsl.fetchCount(RUN, isOf(connection))
            : request.skip();
    var more = !items.isEmpty() && rows.getFirst().get(RUNS) > items.size();
    return new Page<>(items, preceding, more);
  }

  /** Returns the time when the newest run of a connection was started; null if it has none. */
  static Field<Instant> latestStart(ConnectionId connection) {
    return field(select(max(RUN.STARTED_AT)).from(RUN).where(isOf(connection)));
  }

  /** Returns whether a connection has at least as many runs as given. */
  static Condition hasAtLeast(int runs, ConnectionId connection) {
    return field(select(RUN.RUN_ID).from(RUN).where(isOf(connection)).offset(runs - 1).limit(1))
        .isNotNull();
  }

  /** Deletes the completed runs of a connection except the newest ones. */
  public static void deleteSurplus(DSLContext transaction, ConnectionId connection, int kept) {
    transaction
        .deleteFrom(RUN)
        .where(isOf(connection))
        .and(RUN.STATE.eq(RunState.COMPLETED.toString()))
        .and(
            RUN.RUN_ID.in(
                select(RUN.RUN_ID)
                    .from(RUN)
                    .where(isOf(connection))
                    .orderBy(NEWEST_FIRST)
                    .offset(kept)))
        .execute();
  }

  /** Returns whether a worker has a live run that is not cancelled. */
  public static boolean mayContinue(DSLContext dsl, RunKey key, long fence) {
    return dsl.fetchExists(RUN, is(key).and(isHeldBy(fence)).and(RUN.CANCEL_REQUESTED.isFalse()));
  }

  static Condition is(RunKey key) {
    return RUN.IMODEL_ID
        .eq(key.connection().iModel().value())
        .and(RUN.RUN_ID.eq(key.run().value()))
        .and(RUN.CONNECTION_ID.eq(key.connection().connection()));
  }

  static Condition isHeldBy(long fence) {
    return RUN.FENCE.eq(fence).and(RUN.STATE.ne(RunState.COMPLETED.toString()));
  }

  private static Condition isOf(ConnectionId connection) {
    return RUN.IMODEL_ID
        .eq(connection.iModel().value())
        .and(RUN.CONNECTION_ID.eq(connection.connection()));
  }

  /** Groups rows of runs and tasks by run, in the order of the rows. */
  private static List<Run> runs(List<? extends Record> rows) {
    var byRun = new LinkedHashMap<UUID, List<Record>>();
    rows.forEach(
        row -> byRun.computeIfAbsent(row.get(RUN.RUN_ID), id -> new ArrayList<>()).add(row));
    return byRun.values().stream().map(tasks -> run(tasks.getFirst(), tasks)).toList();
  }

  private static Run run(Record row, List<? extends Record> tasks) {
    return new Run(
        new RunId(row.get(RUN.RUN_ID)),
        new ConnectionId(new IModelId(row.get(RUN.IMODEL_ID)), row.get(RUN.CONNECTION_ID)),
        new Origin(
            row.get(RUN.CLIENT),
            row.get(RUN.SUBJECT),
            row.get(RUN.CORRELATION_ID),
            row.get(RUN.TRACE_PARENT)),
        row.get(RUN.STARTED_AT),
        RunState.parse(row.get(RUN.STATE)),
        row.get(RUN.CANCEL_REQUESTED),
        failure(row.get(RUN.FAILURE)),
        row.get(RUN.FENCE),
        row.get(RUN.NODE),
        row.get(RUN.REVISION),
        row.get(RUN.CHANGED_AT),
        jobs(tasks));
  }

  private static @Nullable ErrorKey failure(@Nullable String text) {
    return text == null ? null : ErrorKey.parse(text);
  }

  private static List<Job> jobs(List<? extends Record> rows) {
    var byJob = new LinkedHashMap<UUID, List<Task>>();
    rows.forEach(row ->
        byJob
            .computeIfAbsent(row.get(TASK.JOB_ID), id -> new ArrayList<>())
            .add(TaskRows.task(row)));
    return byJob.entrySet().stream()
        .map(job -> new Job(new JobId(job.getKey()), job.getValue()))
        .toList();
  }

  /** Tells whether a run has a task. */
  public static boolean hasTask(DSLContext dsl, RunKey key, TaskId task) {
    return dsl.fetchExists(
        DSL.selectOne()
            .from(TASK)
            .where(TASK.IMODEL_ID.eq(key.connection().iModel().value()))
            .and(TASK.TASK_ID.eq(task.value()))
            .and(TASK.RUN_ID.eq(key.run().value())));
  }

  /** Tells whether a run exists. */
  public static boolean exists(DSLContext dsl, RunKey key) {
    return dsl.fetchExists(RUN, is(key));
  }
}
