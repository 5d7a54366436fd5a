package io.storageconnections.adapter.connectors.command;

import io.storageconnections.adapter.connectors.source.SourceReader;
import io.storageconnections.application.port.Attempt;
import io.storageconnections.application.port.Connector.AttemptControl;
import io.storageconnections.application.port.SourceContents.Opened;
import io.storageconnections.domain.run.AttemptOutcome;
import io.storageconnections.domain.run.ErrorKey;
import io.storageconnections.domain.run.RunResult;
import io.storageconnections.domain.run.TaskError;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One attempt with a command. While the connector works, the thread that calls {@link #run} does
 * everything: it reads what the connector prints, measures its folder, and gives signs of life to
 * its supervisor. So the connector ends when that thread hangs.
 */
public final class CommandAttempt {

  /** How long the attempt waits, after a signal has ended the connector, for its own end. */
  private static final Duration SHUTDOWN_MAX = Duration.ofSeconds(1);

  private static final long SHUTDOWN_POLL_MILLIS = 20;

  private static final long DISK_NANOS = Duration.ofSeconds(1).toNanos();

  private static final long TOUCH_NANOS = Duration.ofMinutes(10).toNanos();

  private static final int COPY_BYTES = 64 * 1024;

  private final Command command;
  private final Attempt attempt;
  private final AttemptControl control;

  /** Whether the connector ended by itself, so that no limit and no request has ended it. */
  private boolean hasEndedItself;

  /**
   * Creates an attempt.
   *
   * @param command the command
   * @param attempt what to synchronize
   * @param control tells when to stop
   */
  public CommandAttempt(Command command, Attempt attempt, AttemptControl control) {
    this.command = command;
    this.attempt = attempt;
    this.control = control;
  }

  /**
   * Executes the attempt.
   *
   * @return how it ended; empty if it had to stop
   * @throws InterruptedException if the thread is interrupted
   */
  public Optional<AttemptOutcome> run() throws InterruptedException {
    return switch (Program.find(command.argv().getFirst(), command.searchPath())) {
      case Program.Unusable(var problem) ->
          Optional.of(AttemptOutcome.failed(ErrorKey.CONNECTOR_INITIALIZATION_FAILED, problem));
      case Program.Found(var path) -> run(path);
    };
  }

  private Optional<AttemptOutcome> run(Path program) throws InterruptedException {
    AttemptFolder folder;
    try {
      folder = AttemptFolder.create(command.workFolder());
    } catch (IOException failure) {
      return Optional.of(unwritable(failure));
    }
    var isKept = false;
    try {
      var prepared = SourceReader.read(() -> prepare(folder), control);
      if (prepared.isEmpty()) {
        return Optional.empty();
      }
      return switch (prepared.get()) {
        case Prepared.Failed(var outcome) -> Optional.of(outcome);
        case Prepared.Ready(var job) -> {
          var outcome = run(program, folder, job);
          isKept =
              !command.kept().isZero()
                  && hasEndedItself
                  && outcome.filter(ended -> ended.result() == RunResult.ERROR).isPresent();
          yield outcome;
        }
      };
    } finally {
      if (isKept) {
        folder.deleteSource();
        folder.touch();
      } else {
        folder.delete();
      }
    }
  }

  // ---- before the connector starts --------------------------------------------------------------

  /** Whether the connector can start. */
  private sealed interface Prepared {

    /** It can. */
    record Ready(Job job) implements Prepared {}

    /** The attempt has failed. */
    record Failed(AttemptOutcome outcome) implements Prepared {}
  }

  private Prepared prepare(AttemptFolder folder) throws InterruptedException {
    Optional<Path> file = Optional.empty();
    if (attempt.source().isPresent()) {
      var source = attempt.source().get();
      var name = source.name();
      var target =
          folder.sourceFile(
              name == null ? attempt.task().storageFileId().toString() : name.toString());
      var failure = copy(source, target);
      if (failure.isPresent()) {
        return new Prepared.Failed(failure.get());
      }
      file = Optional.of(target);
    }
    var job = new Job(attempt, folder, file);
    try {
      folder.writeJob(job.toJson());
      return new Prepared.Ready(job);
    } catch (IOException failure) {
      return new Prepared.Failed(unwritable(failure));
    }
  }

  /** Copies the file; returns why that failed, if it did. */
  private Optional<AttemptOutcome> copy(Opened source, Path target) throws InterruptedException {
    if (command.diskLimit().filter(limit -> source.size() > limit).isPresent()) {
      return Optional.of(overDiskLimit());
    }
    var buffer = new byte[COPY_BYTES];
    long copied = 0;
    try (var output = AttemptFolder.write(target)) {
      while (true) {
        if (Thread.interrupted()) {
          throw new InterruptedException("interrupted while the file was copied");
        }
        int length;
        try {
          length = source.stream().read(buffer);
        } catch (IOException unreadable) {
          return Optional.of(unreadable(unreadable.toString()));
        }
        if (length < 0) {
          return copied == source.size()
              ? Optional.empty()
              : Optional.of(unreadable("%d bytes instead of %d".formatted(copied, source.size())));
        }
        output.write(buffer, 0, length);
        copied += length;
      }
    } catch (IOException failure) {
      return Optional.of(unwritable(failure));
    }
  }

  private static AttemptOutcome unreadable(String why) {
    return AttemptOutcome.failed(ErrorKey.NETWORK_ISSUE, "the file cannot be read: " + why);
  }

  /** A disk that is full now may have room later. */
  private static AttemptOutcome unwritable(IOException failure) {
    return AttemptOutcome.failed(
        TaskError.of(
            ErrorKey.BRIDGING_FAILED,
            // The message of most exceptions of files is only a path.
            "the work folder for connectors cannot be written: " + failure),
        true);
  }

  private AttemptOutcome overDiskLimit() {
    return AttemptOutcome.failed(
        ErrorKey.BRIDGING_FAILED,
        "the folder of the attempt exceeded its limit of %d bytes"
            .formatted(command.diskLimit().orElseThrow()));
  }

  // ---- while the connector runs -----------------------------------------------------------------

  private Optional<AttemptOutcome> run(Path program, AttemptFolder folder, Job job)
      throws InterruptedException {
    SupervisedProcess process;
    try {
      process =
          SupervisedProcess.start(
              command,
              folder,
              program,
              job.arguments(command.argv().subList(1, command.argv().size())),
              job.environment());
    } catch (IOException failure) {
      return Optional.of(
          AttemptOutcome.failed(
              ErrorKey.CONNECTOR_INITIALIZATION_FAILED,
              "the supervisor of %s cannot be started: %s"
                  .formatted(program, failure.getMessage())));
    }
    var output = new ConnectorOutput(process.output(), process.errors(), control::print);
    Optional<AttemptOutcome> early;
    boolean mustStop;
    try {
      var watch = new Watch(process, output, folder);
      while (watch.mayContinue() && !watch.hasEnded()) {
        // The connector works.
      }
      mustStop = watch.mustStop;
      early = watch.failure;
    } finally {
      process.end(output::drain);
    }
    if (mustStop) {
      return Optional.empty();
    }
    if (early.isPresent()) {
      return early;
    }
    hasEndedItself = true;
    return outcome(process, output.report());
  }

  private Optional<AttemptOutcome> outcome(SupervisedProcess process, ConnectorReport report)
      throws InterruptedException {
    if (process.exitCode().isSignal()) {
      if (mustStopSoon()) {
        return Optional.empty();
      }
      if (process.hasMissedBeats()) {
        return Optional.of(
            AttemptOutcome.failed(
                ErrorKey.NODE_BECAME_UNUSABLE,
                "the node hung for longer than a connector lives without it"));
      }
    }
    return Optional.of(process.exitCode().outcome(report, command.bareExitCode()));
  }

  /**
   * Returns whether the attempt must stop, now or soon. The signal that stops a service usually
   * goes to all its processes: the connector's end is then no crash.
   */
  private boolean mustStopSoon() throws InterruptedException {
    var until = System.nanoTime() + SHUTDOWN_MAX.toNanos();
    var mustStop = control.await(Duration.ZERO);
    while (!mustStop && System.nanoTime() - until < 0) {
      TimeUnit.MILLISECONDS.sleep(SHUTDOWN_POLL_MILLIS);
      mustStop = control.await(Duration.ZERO);
    }
    return mustStop;
  }

  /** Watches a connector that works. */
  private final class Watch {

    private final SupervisedProcess process;
    private final ConnectorOutput output;
    private final AttemptFolder folder;
    private final long silenceNanos =
        command.silenceLimit().map(Duration::toNanos).orElse(Long.MAX_VALUE);
    private long printed = System.nanoTime();
    private long looked = printed;
    private long measured = System.nanoTime();
    private long touched = System.nanoTime();
    private boolean hasPrinted;
    private boolean mustStop;
    private Optional<AttemptOutcome> failure = Optional.empty();

    private Watch(SupervisedProcess process, ConnectorOutput output, AttemptFolder folder) {
      this.process = process;
      this.output = output;
      this.folder = folder;
    }

    /** Does everything that is due; returns false if the connector must end. */
    private boolean mayContinue() throws InterruptedException {
      if (!mayContinueBriefly()) {
        return false;
      }
      var now = System.nanoTime();
      if (looked - printed > silenceNanos) {
        failure = Optional.of(silent());
      } else if (now - measured > DISK_NANOS && isOverDiskLimit()) {
        failure = Optional.of(overDiskLimit());
      }
      if (now - touched > TOUCH_NANOS) {
        folder.touch();
        touched = now;
      }
      return failure.isEmpty() && !mustStop;
    }

    private boolean mayContinueBriefly() throws InterruptedException {
      looked = System.nanoTime();
      hasPrinted = output.drain();
      if (hasPrinted) {
        printed = looked;
      }
      mustStop = control.await(Duration.ZERO);
      if (!mustStop) {
        process.beat();
      }
      return !mustStop;
    }

    private boolean isOverDiskLimit() throws InterruptedException {
      if (command.diskLimit().isEmpty()) {
        return false;
      }
      long limit = command.diskLimit().get();
      var isOver = folder.size(limit, this::mayContinueBriefly) > limit;
      measured = System.nanoTime();
      return isOver;
    }

    private AttemptOutcome silent() {
      return AttemptOutcome.timedOut(
          "the connector printed nothing for", command.silenceLimit().orElseThrow());
    }

    /** Waits a short time, unless there is more to read; returns whether the connector ended. */
    private boolean hasEnded() throws InterruptedException {
      return !hasPrinted && process.hasEnded();
    }
  }
}
