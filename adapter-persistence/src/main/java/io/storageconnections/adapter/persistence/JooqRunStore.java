package io.storageconnections.adapter.persistence;

import io.storageconnections.adapter.persistence.audit.AuditRows;
import io.storageconnections.adapter.persistence.connection.ConnectionRows;
import io.storageconnections.adapter.persistence.run.LiveRunRows;
import io.storageconnections.adapter.persistence.run.OutputRows;
import io.storageconnections.adapter.persistence.run.RunLog;
import io.storageconnections.adapter.persistence.run.RunRows;
import io.storageconnections.adapter.persistence.run.StartRows;
import io.storageconnections.adapter.persistence.sourcefile.SourceFileRows;
import io.storageconnections.adapter.persistence.sql.RenderedSql;
import io.storageconnections.adapter.persistence.sql.StoreConstraints;
import io.storageconnections.adapter.persistence.sql.Transactions;
import io.storageconnections.application.outcome.Failure;
import io.storageconnections.application.outcome.Failure.ConnectionNotFound;
import io.storageconnections.application.outcome.Failure.NoSourceFiles;
import io.storageconnections.application.outcome.Failure.NothingToRetry;
import io.storageconnections.application.outcome.Failure.OfReading;
import io.storageconnections.application.outcome.Failure.OfRun;
import io.storageconnections.application.outcome.Failure.OfRunRetry;
import io.storageconnections.application.outcome.Failure.OfRunStart;
import io.storageconnections.application.outcome.Failure.OfTask;
import io.storageconnections.application.outcome.Failure.RunInProgress;
import io.storageconnections.application.outcome.Failure.RunMissing;
import io.storageconnections.application.outcome.Failure.RunNotCompleted;
import io.storageconnections.application.outcome.Failure.RunNotFound;
import io.storageconnections.application.outcome.Failure.StartRaceLost;
import io.storageconnections.application.outcome.Failure.TaskNotFound;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.port.NewRun;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.RunRules;
import io.storageconnections.application.port.RunStore;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.domain.audit.AuditEntry;
import io.storageconnections.domain.audit.Cause;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.FileName;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.domain.run.Run;
import io.storageconnections.domain.run.RunKey;
import io.storageconnections.domain.run.TaskId;
import io.storageconnections.domain.run.Transition;
import io.storageconnections.domain.run.Transition.Applied;
import java.sql.Connection;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;

/**
 * Stores runs in an SQL database, on which {@link Migrations} were run, with the connections of a
 * {@link JooqStorageConnectionStore}. The primary key of live runs decides which of several
 * simultaneous starts succeeds, and a transaction locks the run that it changes. Thread-safe.
 */
public final class JooqRunStore implements RunStore {

  private final Transactions transactions;
  private final DSLContext dsl;
  private final RunQueueTable queue;
  private final RenderedSql texts;

  private JooqRunStore(Transactions transactions, RunQueueTable queue, RenderedSql texts) {
    this.texts = texts;
    this.transactions = transactions;
    this.dsl = transactions.dsl();
    this.queue = queue;
  }

  /**
   * Creates a store on a database.
   *
   * @param dataSource as for {@link JooqStorageConnectionStore#on}
   * @param queue the queue of the workers, in the same database
   * @return the store, which need not be closed
   * @throws IllegalArgumentException if the connections have another isolation level than READ
   *     COMMITTED
   * @throws IllegalStateException if the connections are not in auto-commit mode
   * @throws StoreException if the database cannot be reached to ask for its dialect
   */
  public static JooqRunStore on(DataSource dataSource, RunQueueTable queue) {
    return new JooqRunStore(Transactions.on(dataSource), queue, new RenderedSql());
  }

  /**
   * Returns this store for one transaction of the host, as {@link
   * JooqStorageConnectionStore#within} does. A run that it starts is executed after the host has
   * committed.
   *
   * @param connection as for {@link JooqStorageConnectionStore#within}
   * @return a store for the thread and the transaction of {@code connection}; not thread-safe
   * @throws IllegalArgumentException as for {@link JooqStorageConnectionStore#within}
   * @throws StoreException if the connection is broken
   */
  public JooqRunStore within(Connection connection) {
    return new JooqRunStore(transactions.within(connection), queue, texts);
  }

  // ---- start -----------------------------------------------------------------------------------

  @Override
  public Outcome<Run, OfRunStart> start(ConnectionId connection, NewRun newRun, RunRules rules) {
    return logged(
        transactions.run(
            "starting a run of connection " + connection,
            () -> {
              // Before the other rows: a run that starts afterwards is a simultaneous start.
              var live = LiveRunRows.find(dsl, connection, rules.exclusivity());
              var rows = StartRows.of(dsl, texts, connection, rules);
              if (rows.isEmpty()) {
                return Outcome.failed(new ConnectionNotFound(connection));
              }
              if (live.isPresent()) {
                return Outcome.failed(new RunInProgress(live.get()));
              }
              if (rows.get().files().isEmpty()) {
                return Outcome.failed(new NoSourceFiles(connection));
              }
              var run =
                  Run.start(
                      newRun.id(),
                      connection,
                      newRun.origin(),
                      rows.get().files(),
                      newRun.guids(),
                      Run.startTime(newRun.now(), rows.get().latestStart()));
              return inserted(
                  rows.get(), run, AuditEntry.runStarted(run), newRun, rules, StartRaceLost::new);
            }));
  }

  private static <F extends Failure> Outcome<Run, F> logged(Outcome<Run, F> start) {
    if (start instanceof Success<Run, F>(var run)) {
      RunLog.started(run);
    }
    return start;
  }

  @Override
  public Outcome<Run, OfRunRetry> retry(RunKey key, NewRun newRun, RunRules rules) {
    return logged(transactions.run("retrying run " + key.run(), () -> retried(key, newRun, rules)));
  }

  private Outcome<Run, OfRunRetry> retried(RunKey key, NewRun newRun, RunRules rules) {
    var connection = key.connection();
    // Before the other rows: a run that starts afterwards is a simultaneous start.
    var live = LiveRunRows.find(dsl, connection, rules.exclusivity());
    var rows = StartRows.of(dsl, texts, connection, rules);
    if (rows.isEmpty()) {
      return Outcome.failed(new ConnectionNotFound(connection));
    }
    var completed = RunRows.find(dsl, key);
    if (completed.isEmpty()) {
      return Outcome.failed(new RunNotFound(key.run()));
    }
    if (!completed.get().isCompleted()) {
      return Outcome.failed(new RunNotCompleted(key));
    }
    var run =
        completed
            .get()
            .retry(
                newRun.id(),
                newRun.origin(),
                SourceFile.storageFileIds(rows.get().files()),
                newRun.guids(),
                Run.startTime(newRun.now(), rows.get().latestStart()));
    if (run.isEmpty()) {
      return Outcome.failed(new NothingToRetry(key));
    }
    if (live.isPresent()) {
      return Outcome.failed(new RunInProgress(live.get()));
    }
    return inserted(
        rows.get(),
        run.get(),
        AuditEntry.runRetried(completed.get(), run.get()),
        newRun,
        rules,
        StartRaceLost::new);
  }

  /** Inserts a run and queues it, unless another run of the scope is started at the same time. */
  private <F extends Failure> Outcome<Run, F> inserted(
      StartRows rows,
      Run run,
      AuditEntry entry,
      NewRun newRun,
      RunRules rules,
      Function<RunKey, ? extends F> raceLost) {
    return Transactions.<Outcome<Run, F>>unlessOutdated(
        StoreConstraints.LIVE_RUN,
        () ->
            transactions.inTransaction(transaction -> {
              if (!rows.insert(transaction, texts, run, entry, rules)) {
                return Optional.empty();
              }
              transaction.connection(jdbc ->
                  queue.addition().add(jdbc, run.key(), -rows.liveRunsOfITwin(), newRun.now()));
              return Optional.of(Outcome.success(run));
            }),
        // Null, which requests a retry, if the other run is completed already.
        () ->
            LiveRunRows.find(dsl, run.connection(), rules.exclusivity())
                .<Outcome<Run, F>>map(winner -> Outcome.failed(raceLost.apply(winner)))
                .orElse(null));
  }

  // ---- read ------------------------------------------------------------------------------------

  @Override
  public Outcome<Run, OfRun> find(RunKey key) {
    return transactions.run(
        "finding run " + key.run(),
        () ->
            RunRows.find(dsl, key)
                .<Outcome<Run, OfRun>>map(Outcome::success)
                .orElseGet(() -> Outcome.failed(missing(dsl, key))));
  }

  /** Finds out whether only the run does not exist, or its whole connection. */
  private static RunMissing missing(DSLContext dsl, RunKey key) {
    return ConnectionRows.find(dsl, key.connection()).isPresent()
        ? new RunNotFound(key.run())
        : new ConnectionNotFound(key.connection());
  }

  @Override
  public Outcome<Page<Run>, OfReading> list(ConnectionId connection, PageRequest pageRequest) {
    return transactions.run(
        "listing runs of connection " + connection,
        () -> {
          var page = RunRows.list(dsl, connection, pageRequest);
          // A connection that has runs exists. Only an empty list needs another statement.
          var isEmptyList = page.items().isEmpty() && page.preceding() == 0;
          return isEmptyList && ConnectionRows.find(dsl, connection).isEmpty()
              ? Outcome.failed(new ConnectionNotFound(connection))
              : Outcome.success(page);
        });
  }

  @Override
  public Outcome<String, OfTask> output(RunKey key, TaskId task) {
    return transactions.run(
        "reading the output of task " + task,
        () ->
            OutputRows.find(dsl, key, task)
                .<Outcome<String, OfTask>>map(Outcome::success)
                .orElseGet(() -> Outcome.failed(taskNotFound(key, task))));
  }

  private OfTask taskNotFound(RunKey key, TaskId task) {
    return RunRows.exists(dsl, key) ? new TaskNotFound(task) : missing(dsl, key);
  }

  // ---- change ----------------------------------------------------------------------------------

  @Override
  public Outcome<Transition, OfRun> change(RunKey key, Function<Run, Transition> event) {
    return changed("changing run " + key.run(), key, event, (transaction, applied) -> {});
  }

  @Override
  public Outcome<Transition, OfRun> cancel(Cause cause, RunKey key) {
    return changed(
        "cancelling run " + key.run(),
        key,
        run -> run.requestCancel(cause.at()),
        (transaction, applied) ->
            AuditRows.insert(transaction, AuditEntry.runCancelled(cause, applied)));
  }

  /**
   * Applies an event.
   *
   * @param others what the same transaction does if the event has changed the run
   */
  private Outcome<Transition, OfRun> changed(
      String doing,
      RunKey key,
      Function<Run, Transition> event,
      BiConsumer<DSLContext, Applied> others) {
    Outcome<Transition, OfRun> changed =
        transactions.transaction(
            doing,
            transaction -> {
              var run = RunRows.lock(transaction, key);
              if (run.isEmpty()) {
                return Outcome.failed(missing(transaction, key));
              }
              var transition = event.apply(run.get());
              if (transition instanceof Applied applied) {
                write(transaction, applied);
                others.accept(transaction, applied);
              }
              return Outcome.success(transition);
            });
    if (changed instanceof Success<Transition, OfRun>(Applied applied)) {
      RunLog.changed(applied);
    }
    return changed;
  }

  private void write(DSLContext transaction, Applied transition) {
    RunRows.update(transaction, transition);
    var run = transition.run();
    if (run.isCompleted()) {
      LiveRunRows.delete(transaction, run.key());
      // A worker that has the run removes it from the queue itself.
      if (transition.before().node() == null) {
        transaction.connection(jdbc -> queue.removal().remove(jdbc, run.key()));
      }
    }
  }

  @Override
  public boolean mayContinue(RunKey key, long fence) {
    return transactions.run("reading run " + key.run(), () -> RunRows.mayContinue(dsl, key, fence));
  }

  @Override
  public void saveOutput(RunKey key, TaskId task, long fence, String output) {
    var unused =
        transactions.transaction(
            "keeping the output of task " + task,
            transaction -> {
              OutputRows.replace(transaction, key, task, fence, output);
              return true;
            });
  }

  @Override
  public void saveFileName(
      ConnectionId connection, SourceFileId sourceFile, StorageFileId storageFile, FileName name) {
    var unused =
        transactions.run(
            "keeping the name of source file " + sourceFile,
            () ->
                isNew(SourceFileRows.find(dsl, connection, sourceFile), storageFile, name)
                    && transactions.inTransaction(transaction -> {
                      var locked = SourceFileRows.lock(transaction, connection, sourceFile);
                      if (isNew(locked, storageFile, name)) {
                        SourceFileRows.update(
                            transaction, connection, locked.orElseThrow().foundAs(name));
                      }
                      return true;
                    }));
  }

  private static boolean isNew(
      Optional<SourceFile> sourceFile, StorageFileId storageFile, FileName name) {
    return sourceFile
        .filter(file -> file.storageFileId().equals(storageFile))
        .filter(file -> !name.equals(file.lastKnownFileName()))
        .isPresent();
  }
}
