package io.storageconnections.application.contract;

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
import io.storageconnections.application.outcome.Failure.TaskNotFound;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.port.NewRun;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.RunRules;
import io.storageconnections.application.port.RunStore;
import io.storageconnections.domain.audit.AuditEntry;
import io.storageconnections.domain.audit.Cause;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.FileName;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.domain.connection.StorageConnection;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.domain.run.Run;
import io.storageconnections.domain.run.RunKey;
import io.storageconnections.domain.run.TaskId;
import io.storageconnections.domain.run.Transition;
import io.storageconnections.domain.run.Transition.Applied;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A store that keeps runs in memory, with the connections of an {@link
 * InMemoryStorageConnectionStore}. Thread-safe: both stores perform one operation at a time. The
 * protected methods make the decisions of the store, so that a test can override one of them.
 */
public class InMemoryRunStore implements RunStore {

  private final InMemoryStorageConnectionStore connections;
  private final Map<RunKey, StoredRun> runs = new HashMap<>();

  /** A run in its current state, and its output. */
  private static final class StoredRun {

    private Run run;
    private final Map<TaskId, String> output = new HashMap<>();

    private StoredRun(Run run) {
      this.run = run;
    }
  }

  /** Creates a store with a new store of connections. */
  public InMemoryRunStore() {
    this(new InMemoryStorageConnectionStore());
  }

  /**
   * Creates a store.
   *
   * @param connections the connections, which have no other store of runs
   */
  // The connections only keep the reference until their first removal.
  @SuppressWarnings("this-escape")
  public InMemoryRunStore(InMemoryStorageConnectionStore connections) {
    this.connections = connections;
    connections.setRuns(this);
  }

  /** Returns the store of the connections. */
  public final InMemoryStorageConnectionStore connections() {
    return connections;
  }

  /** Returns the live run of a connection; empty if it has none. */
  protected Optional<RunKey> liveRun(ConnectionId connection) {
    return live().filter(run -> run.connection().equals(connection)).map(Run::key).findFirst();
  }

  /** Returns the live run that prevents another one of a connection; empty if there is none. */
  protected Optional<RunKey> liveRun(ConnectionId connection, RunRules rules) {
    return live()
        .map(Run::key)
        .filter(run -> rules.exclusivity().excludes(run.connection(), connection))
        .findFirst();
  }

  private Stream<Run> live() {
    return runs.values().stream().map(stored -> stored.run).filter(run -> !run.isCompleted());
  }

  /** Removes the runs of a connection that was removed. */
  protected void removeRunsOf(ConnectionId connection) {
    runs.keySet().removeIf(run -> run.connection().equals(connection));
  }

  /** Returns the source files that a new run synchronizes. */
  protected List<SourceFile> filesOf(ConnectionId connection) {
    return connections.files(connection);
  }

  /** Returns when a new run is started. */
  protected Instant startTime(Instant now, @Nullable Instant latest) {
    return Run.startTime(now, latest);
  }

  /** Applies an event. */
  protected Transition applied(Run run, Function<Run, Transition> event) {
    return event.apply(run);
  }

  /** Returns the run that is stored after an event that changed it. */
  protected Run written(Applied transition) {
    return transition.run();
  }

  /** Tells whether a worker has a run. */
  protected boolean isHeld(Run run, long fence) {
    return run.fence() == fence && !run.isCompleted();
  }

  /** Returns the runs of a connection that are removed. */
  protected List<RunKey> surplus(ConnectionId connection, RunRules rules) {
    return newestFirst(connection).stream()
        .skip(rules.keptPerConnection())
        .filter(Run::isCompleted)
        .map(Run::key)
        .toList();
  }

  /** Returns a source file in which a run found a name. */
  protected SourceFile foundAs(SourceFile file, FileName name) {
    return file.foundAs(name);
  }

  /** Tells whether a connection exists for runs. */
  protected boolean exists(ConnectionId connection) {
    return connections.find(connection).isPresent() && !connections.isDeleted(connection.iModel());
  }

  @Override
  public Outcome<Run, OfRunStart> start(ConnectionId connection, NewRun newRun, RunRules rules) {
    synchronized (connections) {
      if (!exists(connection)) {
        return Outcome.failed(new ConnectionNotFound(connection));
      }
      var live = liveRun(connection, rules);
      if (live.isPresent()) {
        return Outcome.failed(new RunInProgress(live.get()));
      }
      var files = filesOf(connection);
      return files.isEmpty()
          ? Outcome.failed(new NoSourceFiles(connection))
          : Outcome.success(
              stored(
                  Run.start(
                      newRun.id(),
                      connection,
                      newRun.origin(),
                      files,
                      newRun.guids(),
                      startTime(connection, newRun)),
                  rules,
                  AuditEntry::runStarted));
    }
  }

  @Override
  public Outcome<Run, OfRunRetry> retry(RunKey key, NewRun newRun, RunRules rules) {
    synchronized (connections) {
      var connection = key.connection();
      if (!exists(connection)) {
        return Outcome.failed(new ConnectionNotFound(connection));
      }
      var completed = runs.get(key);
      if (completed == null) {
        return Outcome.failed(new RunNotFound(key.run()));
      }
      if (!completed.run.isCompleted()) {
        return Outcome.failed(new RunNotCompleted(key));
      }
      var next = retried(completed.run, connection, newRun);
      if (next.isEmpty()) {
        return Outcome.failed(new NothingToRetry(key));
      }
      var live = liveRun(connection, rules);
      return live.isPresent()
          ? Outcome.failed(new RunInProgress(live.get()))
          : Outcome.success(
              stored(next.get(), rules, run -> AuditEntry.runRetried(completed.run, run)));
    }
  }

  /** Returns the new run of the tasks that did not succeed. */
  protected Optional<Run> retried(Run completed, ConnectionId connection, NewRun newRun) {
    return completed.retry(
        newRun.id(),
        newRun.origin(),
        SourceFile.storageFileIds(connections.files(connection)),
        newRun.guids(),
        startTime(connection, newRun));
  }

  private Instant startTime(ConnectionId connection, NewRun newRun) {
    return startTime(
        newRun.now(), newestFirst(connection).stream().map(Run::started).findFirst().orElse(null));
  }

  private Run stored(Run run, RunRules rules, Function<Run, AuditEntry> entry) {
    runs.put(run.key(), new StoredRun(run));
    surplus(run.connection(), rules).forEach(runs::remove);
    connections.replace(withLastRun(run));
    record(entry.apply(run));
    return run;
  }

  /** Returns the connection of a new run, which is its last run then. */
  protected StorageConnection withLastRun(Run run) {
    return connections.find(run.connection()).orElseThrow().withLastRun(run.id());
  }

  @Override
  public Outcome<Run, OfRun> find(RunKey key) {
    synchronized (connections) {
      return stored(key)
          .<Outcome<Run, OfRun>>map(stored -> Outcome.success(stored.run))
          .orElseGet(() -> Outcome.failed(missing(key)));
    }
  }

  /** Returns a run whose connection exists; empty if either does not exist. */
  private Optional<StoredRun> stored(RunKey key) {
    return connections.find(key.connection()).map(connection -> runs.get(key));
  }

  private RunMissing missing(RunKey key) {
    return connections.find(key.connection()).isPresent()
        ? new RunNotFound(key.run())
        : new ConnectionNotFound(key.connection());
  }

  @Override
  public Outcome<Page<Run>, OfReading> list(ConnectionId connection, PageRequest pageRequest) {
    synchronized (connections) {
      return connections.find(connection).isEmpty()
          ? Outcome.failed(new ConnectionNotFound(connection))
          : Outcome.success(Page.of(newestFirst(connection), pageRequest));
    }
  }

  /** Returns the runs of a connection in the order of a list. */
  protected List<Run> newestFirst(ConnectionId connection) {
    return runs.values().stream()
        .map(stored -> stored.run)
        .filter(run -> run.connection().equals(connection))
        .sorted(Run.NEWEST_FIRST)
        .toList();
  }

  @Override
  public Outcome<Transition, OfRun> change(RunKey key, Function<Run, Transition> event) {
    synchronized (connections) {
      var stored = stored(key);
      if (stored.isEmpty()) {
        return Outcome.failed(missing(key));
      }
      var transition = applied(stored.get().run, event);
      if (transition instanceof Applied applied) {
        stored.get().run = written(applied);
      }
      return Outcome.success(transition);
    }
  }

  /** Writes an entry of the audit trail. Called under the lock of the change. */
  protected void record(AuditEntry entry) {
    connections.record(entry);
  }

  @Override
  public Outcome<Transition, OfRun> cancel(Cause cause, RunKey key) {
    synchronized (connections) {
      var changed = change(key, run -> run.requestCancel(cause.at()));
      if (changed instanceof Success<Transition, OfRun>(Applied applied)) {
        record(AuditEntry.runCancelled(cause, applied));
      }
      return changed;
    }
  }

  @Override
  public boolean mayContinue(RunKey key, long fence) {
    synchronized (connections) {
      return stored(key)
          .filter(stored -> isHeld(stored.run, fence) && !stored.run.cancelRequested())
          .isPresent();
    }
  }

  @Override
  public void saveOutput(RunKey key, TaskId task, long fence, String output) {
    synchronized (connections) {
      stored(key)
          .filter(stored -> hasTask(stored.run, task) && isHeld(stored.run, fence))
          .ifPresent(stored -> stored.output.put(task, output));
    }
  }

  private static boolean hasTask(Run run, TaskId task) {
    return run.tasks().stream().anyMatch(candidate -> candidate.id().equals(task));
  }

  @Override
  public Outcome<String, OfTask> output(RunKey key, TaskId task) {
    synchronized (connections) {
      var stored = stored(key);
      if (stored.isEmpty()) {
        return Outcome.failed(missing(key));
      }
      return hasTask(stored.get().run, task)
          ? Outcome.success(stored.get().output.getOrDefault(task, ""))
          : Outcome.failed(new TaskNotFound(task));
    }
  }

  @Override
  public void saveFileName(
      ConnectionId connection, SourceFileId sourceFile, StorageFileId storageFile, FileName name) {
    synchronized (connections) {
      connections.files(connection).stream()
          .filter(file -> file.id().equals(sourceFile) && maps(file, storageFile))
          .findFirst()
          .ifPresent(file -> connections.replace(connection, foundAs(file, name)));
    }
  }

  /** Tells whether a source file maps a Storage file. */
  protected boolean maps(SourceFile file, StorageFileId storageFile) {
    return file.storageFileId().equals(storageFile);
  }

  /** Makes every further call throw, as if the database had become unreachable. */
  public void makeUnavailable() {
    connections.makeUnavailable();
  }
}
