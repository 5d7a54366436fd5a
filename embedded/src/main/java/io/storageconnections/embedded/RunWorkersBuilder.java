package io.storageconnections.embedded;

import static java.util.Objects.requireNonNull;

import io.storageconnections.adapter.execution.RunEngineBuilder;
import io.storageconnections.application.port.Connectors;
import io.storageconnections.application.port.RunExecution;
import io.storageconnections.application.port.RunExecution.RunContext;
import io.storageconnections.application.port.RunStore;
import io.storageconnections.application.port.SourceContents;
import io.storageconnections.application.run.ExecuteRun;
import io.storageconnections.domain.run.RetryPolicy;
import io.storageconnections.domain.run.Run;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Configures and starts the {@link RunWorkers} of a service. If a method is called twice, the last
 * call counts, except for {@link #engine} and {@link #onCompletion}, which add. Not thread-safe.
 */
public final class RunWorkersBuilder {

  private final DataSource dataSource;
  private final RunStore store;
  private final Connectors connectors;
  private final StartedWorkers queue;
  private SourceContents contents = SourceContents.UNKNOWN;
  private RetryPolicy retries = new RetryPolicy(3, Duration.ofSeconds(30));
  private Duration timeLimit = Duration.ofHours(1);
  private RunContext context = RunContext.NONE;
  private Consumer<RunEngineBuilder> configuration = engine -> {};
  private Consumer<Run> completed = run -> {};

  RunWorkersBuilder(
      DataSource dataSource, RunStore store, Connectors connectors, StartedWorkers queue) {
    this.dataSource = dataSource;
    this.store = store;
    this.connectors = connectors;
    this.queue = queue;
  }

  /**
   * Sets the port that opens the contents of Storage files. Default: {@link
   * SourceContents#UNKNOWN}; connectors get no content.
   *
   * @param storage thread-safe; the workers do not close it
   * @return this builder
   */
  public RunWorkersBuilder contents(SourceContents storage) {
    contents = requireNonNull(storage, "contents");
    return this;
  }

  /**
   * Sets how often a task is attempted. Default: 3 attempts, with 30 seconds before the second and
   * 60 before the third.
   *
   * @param policy the policy
   * @return this builder
   */
  public RunWorkersBuilder retries(RetryPolicy policy) {
    retries = requireNonNull(policy, "retries");
    return this;
  }

  /**
   * Sets the time limit of an attempt, for connectors without one of their own. Default: one hour.
   *
   * @param ofAnAttempt positive
   * @return this builder
   * @throws IllegalArgumentException if {@code ofAnAttempt} is not positive
   */
  public RunWorkersBuilder timeLimit(Duration ofAnAttempt) {
    if (!ofAnAttempt.isPositive()) {
      throw new IllegalArgumentException("the time limit must be positive: " + ofAnAttempt);
    }
    timeLimit = ofAnAttempt;
    return this;
  }

  /**
   * Sets what surrounds the execution of each run, such as entries of the log's context, or a span.
   * Default: nothing.
   *
   * @param ofEachRun thread-safe
   * @return this builder
   */
  public RunWorkersBuilder context(RunContext ofEachRun) {
    context = requireNonNull(ofEachRun, "context");
    return this;
  }

  /**
   * Configures the engine: the number of workers, polling, heartbeats, and the clock.
   *
   * @param changes is called once, by {@link #start}
   * @return this builder
   */
  public RunWorkersBuilder engine(Consumer<RunEngineBuilder> changes) {
    configuration = configuration.andThen(requireNonNull(changes, "changes"));
    return this;
  }

  /**
   * Adds a listener of completed runs, for a metric. Default: none.
   *
   * @param listener is told of each run that these workers have completed, once the database has
   *     stored it; returns at once, and throws nothing. Thread-safe
   * @return this builder
   */
  public RunWorkersBuilder onCompletion(Consumer<Run> listener) {
    completed = completed.andThen(requireNonNull(listener, "listener"));
    return this;
  }

  /**
   * Starts the workers.
   *
   * @return the workers; the caller closes them. They try again when the database does not answer
   */
  public RunWorkers start() {
    var builder =
        new RunEngineBuilder(
            dataSource,
            clock ->
                ExecuteRun.on(
                    new RunExecution(
                        new CompletionReportingRunStore(store, completed),
                        connectors,
                        contents,
                        retries,
                        timeLimit,
                        clock,
                        InstantSource.system(),
                        context)));
    configuration.accept(builder);
    var engine = builder.build();
    engine.start();
    return new RunWorkers(engine, queue);
  }
}
