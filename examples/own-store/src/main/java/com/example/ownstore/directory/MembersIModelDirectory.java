package com.example.ownstore.directory;

import io.storageconnections.application.port.Access;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A directory that knows only some iModels, and shows each to its members only. Immutable.
 *
 * @param iModels the iModels that exist; copied
 */
public record MembersIModelDirectory(Map<IModelId, Entry> iModels) implements IModelDirectory {

  /** Copies the map. */
  public MembersIModelDirectory {
    iModels = Map.copyOf(iModels);
  }

  /**
   * An iModel.
   *
   * @param iTwin the iTwin of the iModel
   * @param members the subjects that may work with the iModel; copied
   */
  public record Entry(ITwinId iTwin, Set<String> members) {

    /** Copies the set. */
    public Entry {
      members = Set.copyOf(members);
    }
  }

  @Override
  public Access access(Caller caller, IModelId iModel) {
    return entry(caller, iModel).isPresent() ? Access.CHANGE : Access.NONE;
  }

  @Override
  public Optional<ITwinId> iTwinOf(Caller caller, IModelId iModel, StorageFileId firstFile) {
    return entry(caller, iModel).map(Entry::iTwin);
  }

  private Optional<Entry> entry(Caller caller, IModelId iModel) {
    return Optional.ofNullable(iModels.get(iModel))
        .filter(entry -> entry.members().contains(caller.subject()));
  }
}
