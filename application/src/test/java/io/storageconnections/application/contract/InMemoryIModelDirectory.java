package io.storageconnections.application.contract;

import io.storageconnections.application.port.Access;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A directory that contains every iModel except hidden ones. The iTwin of an iModel is that of its
 * first file. Thread-safe.
 */
public class InMemoryIModelDirectory implements IModelDirectory {

  private final Map<IModelId, ITwinId> iTwins = new ConcurrentHashMap<>();
  private final Set<IModelId> hidden = ConcurrentHashMap.newKeySet();
  private final Map<IModelId, Access> granted = new ConcurrentHashMap<>();

  /** Creates a directory without hidden iModels. */
  public InMemoryIModelDirectory() {
    this(new IModelId[0]);
  }

  /** Creates a directory in which no caller sees the iModels {@code hidden}. */
  public InMemoryIModelDirectory(IModelId... hidden) {
    this.hidden.addAll(Set.of(hidden));
  }

  /** Hides an iModel from all callers. */
  public void hide(IModelId iModel) {
    hidden.add(iModel);
  }

  /** Grants all callers another access to an iModel than to change it. */
  public void grant(IModelId iModel, Access access) {
    granted.put(iModel, access);
  }

  /** Tells whether the directory has assigned an iTwin to the iModel. */
  public boolean knowsITwinOf(IModelId iModel) {
    return iTwins.containsKey(iModel);
  }

  @Override
  public Access access(Caller caller, IModelId iModel) {
    return hidden.contains(iModel) ? Access.NONE : granted.getOrDefault(iModel, Access.CHANGE);
  }

  @Override
  public Optional<ITwinId> iTwinOf(Caller caller, IModelId iModel, StorageFileId firstFile) {
    return hidden.contains(iModel)
        ? Optional.empty()
        : Optional.of(iTwins.computeIfAbsent(iModel, unknown -> firstFile.iTwin()));
  }
}
