package io.storageconnections.application.run;

import static io.storageconnections.application.contract.OutcomeAssertions.assertSuccess;
import static io.storageconnections.domain.audit.AuditFixtures.CAUSE;
import static io.storageconnections.domain.connection.ConnectionFixtures.connection;
import static io.storageconnections.domain.connection.ConnectionFixtures.file;
import static io.storageconnections.domain.connection.ConnectionFixtures.iModel;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.contract.InMemoryRunStore;
import io.storageconnections.application.contract.InMemoryStorageConnectionStore;
import io.storageconnections.application.outcome.Failure.OfRun;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Attempt;
import io.storageconnections.application.port.Connector;
import io.storageconnections.application.port.Connector.AttemptControl;
import io.storageconnections.application.port.DirectoryException;
import io.storageconnections.application.port.NewRun;
import io.storageconnections.application.port.RunExecution;
import io.storageconnections.application.port.RunExecution.RunContext;
import io.storageconnections.application.port.RunRules;
import io.storageconnections.application.port.RunStore;
import io.storageconnections.application.port.SourceContents;
import io.storageconnections.application.port.SourceContents.Opened;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.run.ExecuteRun.Lease;
import io.storageconnections.application.run.ExecuteRun.Next;
import io.storageconnections.application.run.ExecuteRun.Worker;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.FileName;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.NewConnection;
import io.storageconnections.domain.connection.Origin;
import io.storageconnections.domain.connection.RunId;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.domain.run.AttemptOutcome;
import io.storageconnections.domain.run.ErrorKey;
import io.storageconnections.domain.run.RetryPolicy;
import io.storageconnections.domain.run.Run;
import io.storageconnections.domain.run.RunKey;
import io.storageconnections.domain.run.RunResult;
import io.storageconnections.domain.run.Task;
import io.storageconnections.domain.run.Transition;
import io.storageconnections.domain.run.Transition.Applied;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What tests of {@link ExecuteRun} have in common: a store in memory, and a clock that is set. */
abstract class ExecuteRunTests {

  static final Instant START = Instant.parse("2026-01-02T03:04:05.678901Z");
  static final Duration BACKOFF = Duration.ofSeconds(30);
  static final RetryPolicy RETRIES = new RetryPolicy(3, BACKOFF);
  static final Duration TIME_LIMIT = Duration.ofHours(1);
  static final Lease LEASE = () -> false;
  static final AttemptOutcome SUCCEEDED = AttemptOutcome.succeeded();
  static final AttemptOutcome FAILED =
      AttemptOutcome.failed(ErrorKey.UNSUPPORTED_FILE, "a ZIP file");
  static final AttemptOutcome FAILED_TRANSIENTLY =
      AttemptOutcome.failed(ErrorKey.LOCK_ERROR, "locked");

  static final List<RuntimeException> STORAGE_FAILURES =
      List.of(
          directoryFailure(DirectoryException.Reason.UNAVAILABLE),
          directoryFailure(DirectoryException.Reason.BUSY),
          new StoreException("reading", new IOException("no connection")));

  final InMemoryStorageConnectionStore connections = new InMemoryStorageConnectionStore();
  final InMemoryRunStore runs = new InMemoryRunStore(connections);
  final SettableClock clock = new SettableClock(START);
  final Map<ConnectorType, Connector> connectors = new EnumMap<>(ConnectorType.class);
  final List<StorageFileId> attempted = new ArrayList<>();
  SourceContents contents = SourceContents.UNKNOWN;

  // ---- set-up -----------------------------------------------------------------------------------

  /** Starts a run of one file for each connector type; the files have the names 0, 1, …. */
  RunKey started(ConnectorType... types) {
    var template = connection().of(iModel()).build().connection();
    var files =
        IntStream.range(0, types.length)
            .mapToObj(index ->
                new SourceFile(
                    new SourceFileId(UUID.randomUUID()),
                    file(Integer.toString(index)),
                    types[index],
                    START.plusMillis(index)))
            .toList();
    assertSuccess(connections.add(CAUSE, new NewConnection(template, files), Limits.NONE));
    var newRun =
        new NewRun(
            new RunId(UUID.randomUUID()),
            new Origin("client", "subject", "correlation"),
            UUID::randomUUID,
            clock.instant());
    return assertSuccess(runs.start(template.id(), newRun, RunRules.DEFAULT)).key();
  }

  /** Connects types of files to a connector that succeeds. */
  void connectAll(ConnectorType... types) {
    for (var type : types) {
      connect(type, succeeding());
    }
  }

  /** A connector without a time limit of its own. */
  interface Behaviour {

    Optional<AttemptOutcome> attempt(Attempt attempt, AttemptControl control) throws Exception;
  }

  static Behaviour succeeding() {
    return (attempt, control) -> Optional.of(SUCCEEDED);
  }

  static Behaviour[] outcomes(AttemptOutcome... outcomes) {
    return Stream.of(outcomes)
        .map(outcome -> (Behaviour) (attempt, control) -> Optional.of(outcome))
        .toArray(Behaviour[]::new);
  }

  /** Connects a type of files: each attempt has the next behaviour; the last one repeats. */
  void connect(ConnectorType type, Behaviour... behaviours) {
    var next = new AtomicInteger();
    connectors.put(
        type,
        (attempt, control) -> {
          attempted.add(attempt.task().storageFileId());
          var index = Math.min(next.getAndIncrement(), behaviours.length - 1);
          try {
            return behaviours[index].attempt(attempt, control);
          } catch (RuntimeException | InterruptedException thrown) {
            throw thrown;
          } catch (Exception checked) {
            throw new AssertionError(checked);
          }
        });
  }

  /** Surrounds each run. */
  RunContext context = RunContext.NONE;

  RunExecution execution(RunStore store, Clock time) {
    return execution(store, time, RETRIES);
  }

  RunExecution execution(RunStore store, Clock time, RetryPolicy retries) {
    return new RunExecution(
        store,
        type -> Optional.ofNullable(connectors.get(type)),
        contents,
        retries,
        TIME_LIMIT,
        time,
        InstantSource.system(),
        context);
  }

  static Worker worker(long fence) {
    return new Worker(fence, "node-a", LEASE);
  }

  Next execute(RunKey run) throws InterruptedException {
    return execute(run, 1);
  }

  Next execute(RunKey run, long fence) throws InterruptedException {
    return execute(run, worker(fence));
  }

  Next execute(RunKey run, Worker worker) throws InterruptedException {
    return execute(runs, run, worker);
  }

  Next execute(RunStore store, RunKey run, Worker worker) throws InterruptedException {
    return ExecuteRun.on(execution(store, clock)).execute(run, worker);
  }

  Run pickUp(RunKey run, long fence) {
    var transition =
        assertSuccess(
            runs.change(run, current -> current.pickUp(fence, "node-b", RETRIES, clock.instant())));
    assertThat(transition).isInstanceOf(Applied.class);
    return transition.run();
  }

  void cancel(RunKey run) {
    assertThat(assertSuccess(runs.change(run, current -> current.requestCancel(clock.instant()))))
        .isInstanceOf(Applied.class);
  }

  void delete(RunKey run) {
    connections.markDeleted(CAUSE, run.connection().iModel());
    assertThat(connections.removeSome(CAUSE, run.connection().iModel(), 10)).hasSize(1);
  }

  /** Lets a test that would loop for ever be interrupted. */
  static void pause() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(1);
  }

  static DirectoryException directoryFailure(DirectoryException.Reason reason) {
    return new DirectoryException(reason, "Storage says no", null, null);
  }

  // ---- answers ----------------------------------------------------------------------------------

  Run found(RunKey run) {
    return assertSuccess(runs.find(run));
  }

  Task task(RunKey run, int index) {
    return found(run).tasks().get(index);
  }

  List<RunResult> results(RunKey run) {
    return found(run).tasks().stream().map(Task::result).toList();
  }

  String output(RunKey run, int index) {
    return assertSuccess(runs.output(run, task(run, index).id()));
  }

  @Nullable FileName fileName(RunKey run) {
    var file = connections.findFile(run.connection(), task(run, 0).sourceFile());
    return assertSuccess(file).lastKnownFileName();
  }

  void assertError(RunKey run, int index, ErrorKey key, String details) {
    var error = Objects.requireNonNull(task(run, index).error());
    assertThat(error.descriptionKey()).isEqualTo(key.toString());
    assertThat(error.details()).isEqualTo(details);
  }

  /** The content of a file, which tells whether it was closed. */
  static final class RecordedContent {

    private final byte[] bytes;
    boolean closed;

    RecordedContent(String text) {
      bytes = text.getBytes(UTF_8);
    }

    Opened opened(@Nullable String name) {
      return new Opened(
          name == null ? null : new FileName(name),
          bytes.length,
          new ByteArrayInputStream(bytes) {
            @Override
            public void close() {
              closed = true;
            }
          });
    }
  }

  enum When {
    BEFORE_THE_CHANGE,
    AFTER_THE_CHANGE
  }

  /** A store that cannot answer some of the changes. */
  static class FailingStore extends ForwardingRunStore {

    private final When when;
    private final List<Integer> failing;
    int changes;

    /** Creates a store that fails at the changes with the given numbers; the first one is 1. */
    FailingStore(RunStore store, When when, Integer... failing) {
      super(store);
      this.when = when;
      this.failing = List.of(failing);
    }

    void fail() {
      throw new StoreException("changing the run", new IOException("no connection"));
    }

    @Override
    public Outcome<Transition, OfRun> change(RunKey run, Function<Run, Transition> event) {
      changes++;
      if (failing.contains(changes) && when == When.BEFORE_THE_CHANGE) {
        fail();
      }
      var outcome = super.change(run, event);
      if (failing.contains(changes)) {
        fail();
      }
      return outcome;
    }
  }
}
