package io.storageconnections.application.contract;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Knows every iModel but those it was told to hide; the iTwin is that of the first file. */
public class InMemoryIModelDirectory implements IModelDirectory {

  private final Map<IModelId, ITwinId> iTwins = new ConcurrentHashMap<>();
  private final Set<IModelId> hidden;

  /** A directory that knows every iModel. */
  public InMemoryIModelDirectory() {
    hidden = Set.of();
  }

  /** A directory that does not know {@code hidden}. */
  public InMemoryIModelDirectory(IModelId... hidden) {
    this.hidden = Set.of(hidden);
  }

  /** Whether it was ever asked about an iModel. */
  public boolean remembers(IModelId iModel) {
    return iTwins.containsKey(iModel);
  }

  @Override
  public boolean isVisibleTo(Caller caller, IModelId iModel) {
    return !hidden.contains(iModel);
  }

  @Override
  public Optional<ITwinId> iTwinOf(Caller caller, IModelId iModel, StorageFileId firstFile) {
    return hidden.contains(iModel)
        ? Optional.empty()
        : Optional.of(iTwins.computeIfAbsent(iModel, unknown -> firstFile.iTwin()));
  }
}
