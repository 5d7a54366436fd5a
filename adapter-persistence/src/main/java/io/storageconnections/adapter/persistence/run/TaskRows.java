package io.storageconnections.adapter.persistence.run;

import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_RUN_TASK;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import io.storageconnections.adapter.persistence.schema.tables.StorageConnectionRunTask;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.domain.run.ErrorCategory;
import io.storageconnections.domain.run.ErrorSystem;
import io.storageconnections.domain.run.JobId;
import io.storageconnections.domain.run.Run;
import io.storageconnections.domain.run.RunResult;
import io.storageconnections.domain.run.RunState;
import io.storageconnections.domain.run.SynchronizationReport;
import io.storageconnections.domain.run.Task;
import io.storageconnections.domain.run.TaskError;
import io.storageconnections.domain.run.TaskId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.RowN;
import org.jooq.TableLike;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Reads and writes the rows of tasks. */
final class TaskRows {

  /** The greatest number of rows per statement; databases limit the number of parameters. */
  private static final int ROWS_MAX = 1000;

  private static final StorageConnectionRunTask TASK = STORAGE_CONNECTION_RUN_TASK;

  /** The columns of a task that has not started; all others are null. */
  private static final List<Field<?>> COLUMNS_OF_A_NEW_TASK =
      List.of(
          TASK.IMODEL_ID,
          TASK.TASK_ID,
          TASK.RUN_ID,
          TASK.JOB_ID,
          TASK.TASK_INDEX,
          TASK.SOURCE_FILE_ID,
          TASK.STORAGE_ITWIN_ID,
          TASK.STORAGE_FILE_ID,
          TASK.CONNECTOR_TYPE,
          TASK.CREATED_AT,
          TASK.STATE,
          TASK.RESULT,
          TASK.ATTEMPTS);

  private TaskRows() {}

  /**
   * Returns the statements that insert the tasks of a run that has not been executed yet.
   *
   * @param condition as for {@link RunRows#insertion}
   */
  static List<ResultQuery<?>> insertions(
      DSLContext dsl, Run run, List<? extends TableLike<?>> condition) {
    var rows = values(run).stream().map(DSL::row).toList();
    var statements = new ArrayList<ResultQuery<?>>();
    for (int from = 0; from < rows.size(); from += ROWS_MAX) {
      var batch = rows.subList(from, Math.min(from + ROWS_MAX, rows.size()));
      var tables = new ArrayList<TableLike<?>>(condition);
      tables.add(DSL.values(batch.toArray(RowN[]::new)).as("new_task"));
      statements.add(
          dsl.insertInto(TASK, COLUMNS_OF_A_NEW_TASK)
              .select(select(table(name("new_task")).asterisk()).from(tables))
              .returning(TASK.TASK_ID));
    }
    return statements;
  }

  /** Returns the values of {@link #insertions}, those of each task in a list. */
  static List<List<Param<?>>> values(Run run) {
    var values = new ArrayList<List<Param<?>>>();
    for (var job : run.jobs()) {
      for (var task : job.tasks()) {
        values.add(values(run, job.id(), task, values.size()));
      }
    }
    return values;
  }

  private static List<Param<?>> values(Run run, JobId job, Task task, int index) {
    return List.of(
        val(run.iModel().value(), TASK.IMODEL_ID),
        val(task.id().value(), TASK.TASK_ID),
        val(run.id().value(), TASK.RUN_ID),
        val(job.value(), TASK.JOB_ID),
        val(index, TASK.TASK_INDEX),
        val(task.sourceFile().value(), TASK.SOURCE_FILE_ID),
        val(task.storageFileId().iTwin().value(), TASK.STORAGE_ITWIN_ID),
        val(task.storageFileId().file(), TASK.STORAGE_FILE_ID),
        val(task.connectorType().name(), TASK.CONNECTOR_TYPE),
        val(task.created(), TASK.CREATED_AT),
        val(task.state().toString(), TASK.STATE),
        val(task.result().toString(), TASK.RESULT),
        val(task.attempts(), TASK.ATTEMPTS));
  }

  /** Writes the changed tasks of a run in one batch: a cancel may change thousands. */
  static void update(DSLContext transaction, IModelId iModel, List<Task> tasks) {
    if (tasks.isEmpty()) {
      return;
    }
    var updates = tasks.stream().map(task -> update(transaction, iModel, task)).toList();
    var batch = transaction.batch(updates.getFirst());
    for (var update : updates) {
      batch = batch.bind(update.getBindValues().toArray());
    }
    batch.execute();
  }

  /** Returns an update, whose SQL is the same for every task. */
  private static Query update(DSLContext transaction, IModelId iModel, Task task) {
    var values = new LinkedHashMap<Field<?>, @Nullable Object>();
    values.put(TASK.STATE, task.state().toString());
    values.put(TASK.RESULT, task.result().toString());
    values.put(TASK.ATTEMPTS, task.attempts());
    values.put(TASK.RETRY_AT, task.retryAt());
    values.put(TASK.BEGUN_AT, task.begun());
    values.put(TASK.ENDED_AT, task.ended());
    putError(values, task.error());
    putReport(values, task.report());
    return transaction
        .update(TASK)
        .set(values)
        .where(TASK.IMODEL_ID.eq(iModel.value()))
        .and(TASK.TASK_ID.eq(task.id().value()));
  }

  private static void putError(Map<Field<?>, @Nullable Object> values, @Nullable TaskError error) {
    values.put(TASK.ERROR_SYSTEM, error == null ? null : error.system().toString());
    values.put(TASK.ERROR_PHASE, error == null ? null : error.phase());
    values.put(TASK.ERROR_CATEGORY, error == null ? null : error.category().toString());
    values.put(TASK.ERROR_KEY, error == null ? null : error.descriptionKey());
    values.put(TASK.ERROR_DESCRIPTION, error == null ? null : error.description());
    values.put(TASK.ERROR_ARTICLE, error == null ? null : error.kbArticleLink());
    values.put(TASK.ERROR_USER_CAN_FIX, error == null ? null : error.canUserFix());
    values.put(TASK.ERROR_DETAILS, error == null ? null : error.details());
    values.put(TASK.ERROR_EXIT_CODE, error == null ? null : error.bridgeExitCode());
  }

  private static void putReport(
      Map<Field<?>, @Nullable Object> values, @Nullable SynchronizationReport report) {
    values.put(TASK.REPORT_SUGGESTED_ACTION, report == null ? null : report.suggestedAction());
    values.put(TASK.REPORT_MESSAGE, report == null ? null : report.message());
    values.put(TASK.REPORT_ERRORS, report == null ? null : report.totalErrors());
    values.put(TASK.REPORT_WARNINGS, report == null ? null : report.totalWarnings());
    values.put(TASK.REPORT_OTHER_ISSUES, report == null ? null : report.totalOtherIssues());
  }

  static Task task(Record row) {
    return new Task(
        new TaskId(row.get(TASK.TASK_ID)),
        new SourceFileId(row.get(TASK.SOURCE_FILE_ID)),
        new StorageFileId(
            new ITwinId(row.get(TASK.STORAGE_ITWIN_ID)), row.get(TASK.STORAGE_FILE_ID)),
        ConnectorType.parse(row.get(TASK.CONNECTOR_TYPE)),
        row.get(TASK.CREATED_AT),
        RunState.parse(row.get(TASK.STATE)),
        RunResult.parse(row.get(TASK.RESULT)),
        row.get(TASK.ATTEMPTS),
        row.get(TASK.RETRY_AT),
        error(row),
        report(row),
        row.get(TASK.BEGUN_AT),
        row.get(TASK.ENDED_AT));
  }

  private static @Nullable TaskError error(Record row) {
    var system = row.get(TASK.ERROR_SYSTEM);
    return system == null
        ? null
        : new TaskError(
            ErrorSystem.parse(system),
            row.get(TASK.ERROR_PHASE),
            ErrorCategory.parse(row.get(TASK.ERROR_CATEGORY)),
            row.get(TASK.ERROR_KEY),
            row.get(TASK.ERROR_DESCRIPTION),
            row.get(TASK.ERROR_ARTICLE),
            row.get(TASK.ERROR_USER_CAN_FIX),
            row.get(TASK.ERROR_DETAILS),
            row.get(TASK.ERROR_EXIT_CODE));
  }

  private static @Nullable SynchronizationReport report(Record row) {
    var suggestedAction = row.get(TASK.REPORT_SUGGESTED_ACTION);
    return suggestedAction == null
        ? null
        : new SynchronizationReport(
            suggestedAction,
            row.get(TASK.REPORT_MESSAGE),
            row.get(TASK.REPORT_ERRORS),
            row.get(TASK.REPORT_WARNINGS),
            row.get(TASK.REPORT_OTHER_ISSUES));
  }
}
