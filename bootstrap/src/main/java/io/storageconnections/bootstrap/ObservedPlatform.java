package io.storageconnections.bootstrap;

import io.storageconnections.adapter.http.port.ComponentHealth.Status;
import io.storageconnections.application.port.Access;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.DirectoryException;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.application.port.StorageFiles;
import io.storageconnections.bootstrap.ServerHealth.State;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * An iTwin Platform that remembers whether it could answer last time. The server itself has no
 * token with which it could ask, so it knows only what requests of callers have found out.
 */
record ObservedPlatform(
    IModelDirectory directory, StorageFiles files, AtomicReference<State> lastState)
    implements IModelDirectory, StorageFiles {

  private static final State UNKNOWN = new State(Status.UNKNOWN, "it has not been asked yet");

  static ObservedPlatform of(IModelDirectory directory, StorageFiles files) {
    return new ObservedPlatform(directory, files, new AtomicReference<>(UNKNOWN));
  }

  State state() {
    return Objects.requireNonNull(lastState.get());
  }

  @Override
  public Access access(Caller caller, IModelId iModel) {
    return observed(() -> directory.access(caller, iModel));
  }

  @Override
  public Optional<ITwinId> iTwinOf(Caller caller, IModelId iModel, StorageFileId firstFile) {
    return observed(() -> directory.iTwinOf(caller, iModel, firstFile));
  }

  @Override
  public Map<StorageFileId, UsableFile> usable(
      Caller caller, IModelId iModel, Collection<StorageFileId> wanted) {
    return observed(() -> files.usable(caller, iModel, wanted));
  }

  private <T> T observed(Supplier<T> call) {
    try {
      var answer = call.get();
      lastState.set(State.UP);
      return answer;
    } catch (DirectoryException failure) {
      lastState.set(
          failure.reason() == DirectoryException.Reason.UNAVAILABLE
              ? new State(Status.DOWN, failure.getMessage())
              : State.UP);
      throw failure;
    }
  }
}
