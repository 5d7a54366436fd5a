package io.storageconnections.adapter.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.storageconnections.application.ForwardingUseCases;
import io.storageconnections.application.UseCases;
import io.storageconnections.application.audit.ListAudit;
import io.storageconnections.application.connection.CreateStorageConnection;
import io.storageconnections.application.connection.DeleteStorageConnection;
import io.storageconnections.application.connection.GetStorageConnection;
import io.storageconnections.application.connection.ListStorageConnections;
import io.storageconnections.application.connection.UpdateStorageConnection;
import io.storageconnections.application.outcome.Failure;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Outcome.Failed;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.run.RunUseCases;
import io.storageconnections.application.sourcefile.AddSourceFiles;
import io.storageconnections.application.sourcefile.GetSourceFile;
import io.storageconnections.application.sourcefile.ListSourceFiles;
import io.storageconnections.application.sourcefile.MoveSourceFile;
import io.storageconnections.application.sourcefile.RemoveSourceFile;
import io.storageconnections.application.sourcefile.UpdateSourceFile;
import io.storageconnections.domain.run.RunResult;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Use cases whose outcomes are counted.
 *
 * @param completed receives the result of each run that a request completes
 */
record MeteredUseCases(UseCases next, Operations operations, Consumer<RunResult> completed)
    implements ForwardingUseCases {

  /** Counts the outcomes of operations. Thread-safe. */
  static final class Operations {

    private static final String SUCCESS = "Success";

    /** The outcome of an operation that threw an exception. */
    private static final String EXCEPTION = "Exception";

    private final MeterProvider<Counter> outcomes;

    Operations(MeterRegistry registry) {
      outcomes =
          Counter.builder("storage.connections.operations")
              .description("Operations, by the failure that they ended with, or Success")
              .withRegistry(registry);
    }

    <T, F extends Failure> Outcome<T, F> count(String operation, Supplier<Outcome<T, F>> call) {
      Outcome<T, F> outcome;
      try {
        outcome = call.get();
      } catch (RuntimeException failure) {
        increment(operation, EXCEPTION);
        throw failure;
      }
      increment(
          operation,
          switch (outcome) {
            case Success<T, F> success -> SUCCESS;
            case Failed<T, F>(var failure) -> failure.getClass().getSimpleName();
          });
      return outcome;
    }

    private void increment(String operation, String outcome) {
      outcomes.withTags("operation", operation, "outcome", outcome).increment();
    }
  }

  @Override
  public CreateStorageConnection createStorageConnection() {
    var useCase = next.createStorageConnection();
    return (caller, request) ->
        operations.count("createStorageConnection", () -> useCase.create(caller, request));
  }

  @Override
  public ListStorageConnections listStorageConnections() {
    var useCase = next.listStorageConnections();
    return (caller, query) ->
        operations.count("listStorageConnections", () -> useCase.list(caller, query));
  }

  @Override
  public GetStorageConnection getStorageConnection() {
    var useCase = next.getStorageConnection();
    return (caller, reference) ->
        operations.count("getStorageConnection", () -> useCase.get(caller, reference));
  }

  @Override
  public UpdateStorageConnection updateStorageConnection() {
    var useCase = next.updateStorageConnection();
    return (caller, change, precondition) ->
        operations.count(
            "updateStorageConnection", () -> useCase.update(caller, change, precondition));
  }

  @Override
  public DeleteStorageConnection deleteStorageConnection() {
    var useCase = next.deleteStorageConnection();
    return (caller, reference, precondition) ->
        operations.count(
            "deleteStorageConnection", () -> useCase.delete(caller, reference, precondition));
  }

  @Override
  public ListAudit listAudit() {
    var useCase = next.listAudit();
    return (caller, query) -> operations.count("listAudit", () -> useCase.list(caller, query));
  }

  @Override
  public AddSourceFiles addSourceFiles() {
    var useCase = next.addSourceFiles();
    return (caller, addition) ->
        operations.count("addSourceFiles", () -> useCase.add(caller, addition));
  }

  @Override
  public ListSourceFiles listSourceFiles() {
    var useCase = next.listSourceFiles();
    return (caller, query) ->
        operations.count("listSourceFiles", () -> useCase.list(caller, query));
  }

  @Override
  public GetSourceFile getSourceFile() {
    var useCase = next.getSourceFile();
    return (caller, reference) ->
        operations.count("getSourceFile", () -> useCase.get(caller, reference));
  }

  @Override
  public UpdateSourceFile updateSourceFile() {
    var useCase = next.updateSourceFile();
    return (caller, change, precondition) ->
        operations.count("updateSourceFile", () -> useCase.update(caller, change, precondition));
  }

  @Override
  public MoveSourceFile moveSourceFile() {
    var useCase = next.moveSourceFile();
    return (caller, move, precondition) ->
        operations.count("moveSourceFile", () -> useCase.move(caller, move, precondition));
  }

  @Override
  public RemoveSourceFile removeSourceFile() {
    var useCase = next.removeSourceFile();
    return (caller, reference, precondition) ->
        operations.count("removeSourceFile", () -> useCase.remove(caller, reference, precondition));
  }

  @Override
  public Optional<RunUseCases> runs() {
    return next.runs().map(runs -> new MeteredRunUseCases(runs, operations, completed));
  }
}
