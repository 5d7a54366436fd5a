package io.storageconnections.adapter.persistence.run;

import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_RUN;
import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_RUN_OUTPUT;
import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_RUN_TASK;

import io.storageconnections.adapter.persistence.schema.tables.StorageConnectionRunOutput;
import io.storageconnections.domain.run.RunKey;
import io.storageconnections.domain.run.TaskId;
import java.util.Optional;
import org.jooq.DSLContext;

/** Reads and writes the output of connectors, in a transaction of the caller. */
public final class OutputRows {

  private static final StorageConnectionRunOutput OUTPUT = STORAGE_CONNECTION_RUN_OUTPUT;

  private OutputRows() {}

  /** Replaces the output of a task, if a worker has the run. */
  public static void replace(
      DSLContext transaction, RunKey run, TaskId task, long fence, String output) {
    var iModel = run.connection().iModel().value();
    // The lock prevents another worker from picking up the run before the output is written.
    var isHeld =
        transaction
            .selectOne()
            .from(STORAGE_CONNECTION_RUN)
            .where(RunRows.is(run))
            .and(RunRows.isHeldBy(fence))
            .forUpdate()
            .fetch()
            .isNotEmpty();
    if (isHeld && RunRows.hasTask(transaction, run, task)) {
      var updated =
          transaction
              .update(OUTPUT)
              .set(OUTPUT.CONTENT, output)
              .where(OUTPUT.IMODEL_ID.eq(iModel))
              .and(OUTPUT.TASK_ID.eq(task.value()))
              .execute();
      if (updated == 0) {
        transaction
            .insertInto(OUTPUT)
            .set(OUTPUT.IMODEL_ID, iModel)
            .set(OUTPUT.TASK_ID, task.value())
            .set(OUTPUT.CONTENT, output)
            .execute();
      }
    }
  }

  /**
   * Finds the output of a task. Empty if the run does not exist or does not have the task; an empty
   * text if the connector has printed nothing.
   */
  public static Optional<String> find(DSLContext dsl, RunKey run, TaskId task) {
    return dsl.select(OUTPUT.CONTENT)
        .from(STORAGE_CONNECTION_RUN)
        .join(STORAGE_CONNECTION_RUN_TASK)
        .on(STORAGE_CONNECTION_RUN_TASK.IMODEL_ID.eq(STORAGE_CONNECTION_RUN.IMODEL_ID))
        .and(STORAGE_CONNECTION_RUN_TASK.RUN_ID.eq(STORAGE_CONNECTION_RUN.RUN_ID))
        .leftJoin(OUTPUT)
        .on(OUTPUT.IMODEL_ID.eq(STORAGE_CONNECTION_RUN_TASK.IMODEL_ID))
        .and(OUTPUT.TASK_ID.eq(STORAGE_CONNECTION_RUN_TASK.TASK_ID))
        .where(RunRows.is(run))
        .and(STORAGE_CONNECTION_RUN_TASK.TASK_ID.eq(task.value()))
        .fetchOptional(row -> row.value1() == null ? "" : row.value1());
  }
}
