package io.storageconnections.application.port;

import io.storageconnections.application.outcome.Failure.OfReading;
import io.storageconnections.application.outcome.Failure.OfRun;
import io.storageconnections.application.outcome.Failure.OfRunRetry;
import io.storageconnections.application.outcome.Failure.OfRunStart;
import io.storageconnections.application.outcome.Failure.OfTask;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.domain.audit.Cause;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.FileName;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.domain.run.Run;
import io.storageconnections.domain.run.RunExclusivity;
import io.storageconnections.domain.run.RunKey;
import io.storageconnections.domain.run.TaskId;
import io.storageconnections.domain.run.Transition;
import java.util.function.Function;

/**
 * Stores runs, and ensures that at most one run is live within each {@link RunExclusivity scope}.
 * It works on the same data as the {@link StorageConnectionStore}: a connection that is removed
 * takes its runs with it. Every change is atomic, and durable and visible to every reader when the
 * method returns; a store within a transaction of the host is an exception, and also throws {@link
 * TransactionConflictException}. Safe for use by several threads and, where the store is shared, by
 * several processes.
 *
 * <p>A start, a retry and a {@link #cancel} have an entry in the audit trail, which the store
 * writes in the same transaction, as a {@code StorageConnectionStore} does. What workers do has
 * none.
 *
 * <p>The domain decides what an event means ({@link Run}); a store only makes sure that nothing
 * changes between the decision and the write.
 *
 * <p>Every method throws a {@link StoreException} if the store cannot answer; a change may then
 * have taken effect.
 */
public interface RunStore {

  /** The greatest size of the output of a task, in bytes of UTF-8: 64 KiB. */
  int OUTPUT_BYTES_MAX = 64 * 1024;

  /**
   * Starts a run of all source files of a connection, as {@link Run#start} describes. The source
   * files are in the order {@code SourceFile.OLDEST_FIRST}. The run, its execution by a worker, and
   * {@code StorageConnection.lastRun} are stored together. The oldest completed runs beyond {@link
   * RunRules#keptPerConnection} are removed.
   *
   * <p>A run that is live already is found before anything is written ({@code RunInProgress}). Of
   * several concurrent starts that all find none, one succeeds; the others fail with {@code
   * StartRaceLost}. No run starts in an iModel that is {@linkplain
   * StorageConnectionStore#markDeleted marked as deleted}: its connections do not exist.
   *
   * @param connection the connection
   * @param newRun id, origin and time of the run
   * @param rules the rules of this service
   * @return the run, or why it is not started. Its time is later than that of every earlier run of
   *     the connection ({@link Run#startTime})
   */
  Outcome<Run, OfRunStart> start(ConnectionId connection, NewRun newRun, RunRules rules);

  /**
   * Starts a new run of the tasks of a run that did not succeed, as {@link Run#retry} describes. In
   * everything else like {@link #start}.
   *
   * @param run the completed run
   * @param newRun id, origin and time of the new run
   * @param rules the rules of this service
   * @return the new run, or why it is not started: the first reason that applies of {@code
   *     ConnectionNotFound}, {@code RunNotFound}, {@code RunNotCompleted}, {@code NothingToRetry},
   *     {@code RunInProgress}, {@code StartRaceLost}
   */
  Outcome<Run, OfRunRetry> retry(RunKey run, NewRun newRun, RunRules rules);

  /**
   * Finds a run.
   *
   * @param run the run
   * @return the run in its current state; all its values are of the same moment
   */
  Outcome<Run, OfRun> find(RunKey run);

  /**
   * Lists the runs of a connection.
   *
   * @param connection the connection
   * @param pageRequest the position and size of the page
   * @return the page, in the order {@link Run#NEWEST_FIRST}; empty if the connection had no run
   *     yet. It may have fewer runs than requested, but at least one, if they have thousands of
   *     tasks
   */
  Outcome<Page<Run>, OfReading> list(ConnectionId connection, PageRequest pageRequest);

  /**
   * Applies an event of a worker to a run. If the run is completed by it, the run is no longer
   * live, and no worker that has not picked it up yet will.
   *
   * @param run the run
   * @param event one or more events, on the current state of the run. It has no other effects,
   *     because a store may call it several times
   * @return what the event did
   */
  Outcome<Transition, OfRun> change(RunKey run, Function<Run, Transition> event);

  /**
   * Applies {@link Run#requestCancel} to a run, in everything else like {@link #change}. If that
   * changes the run, it has an entry in the audit trail.
   *
   * @param cause the request that cancels the run, and its time
   * @param run the run
   * @return what the request did
   */
  Outcome<Transition, OfRun> cancel(Cause cause, RunKey run);

  /**
   * Tells whether a worker may continue an attempt. Cheap, because workers ask every second.
   *
   * @param run the run
   * @param fence the fence of the worker
   * @return true if the run exists, is live, was not picked up by another worker, and is not
   *     cancelled
   */
  boolean mayContinue(RunKey run, long fence);

  /**
   * Keeps what a connector has printed during the current attempt at a task. It replaces the output
   * that the task has. No effect if the run or the task does not exist, or another worker has
   * picked up the run.
   *
   * @param run the run
   * @param task the task
   * @param fence the fence of the worker
   * @param output the last part of the output; at most {@link #OUTPUT_BYTES_MAX} bytes in UTF-8
   */
  void saveOutput(RunKey run, TaskId task, long fence, String output);

  /**
   * Finds the output of a task.
   *
   * @param run the run
   * @param task the task
   * @return the output as it was last saved; empty if the connector has printed nothing
   */
  Outcome<String, OfTask> output(RunKey run, TaskId task);

  /**
   * Keeps the name of a file that a run found in Storage, as {@code SourceFile.foundAs} describes.
   * No effect if the source file does not exist any more, or maps another Storage file now.
   *
   * @param connection the connection
   * @param sourceFile the source file
   * @param storageFile the Storage file that has the name
   * @param name the name
   */
  void saveFileName(
      ConnectionId connection, SourceFileId sourceFile, StorageFileId storageFile, FileName name);
}
