package io.storageconnections.platform.directory;

import io.storageconnections.application.port.Access;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.platform.application.port.IModelStore;
import io.storageconnections.platform.domain.imodel.IModel;
import java.util.Optional;

/**
 * The directory of a platform that trusts every caller. An iModel that was made here exists for
 * every caller until it is deleted; another directory decides about ids that are unknown here.
 * Thread-safe.
 */
public final class OpenPlatformIModelDirectory implements IModelDirectory {

  private final IModelStore iModels;
  private final UnknownIds unknown;
  private final IModelDirectory others;

  /**
   * Creates a directory.
   *
   * @param others decides about ids that are unknown here
   */
  public OpenPlatformIModelDirectory(
      IModelStore iModels, UnknownIds unknown, IModelDirectory others) {
    this.iModels = iModels;
    this.unknown = unknown;
    this.others = others;
  }

  @Override
  public Access access(Caller caller, IModelId iModel) {
    if (unknown.contain(iModel)) {
      return others.access(caller, iModel);
    }
    return iModels.find(iModel, null).isPresent() ? Access.CHANGE : Access.NONE;
  }

  @Override
  public Optional<ITwinId> iTwinOf(Caller caller, IModelId iModel, StorageFileId firstFile) {
    return unknown.contain(iModel)
        ? others.iTwinOf(caller, iModel, firstFile)
        : iModels.find(iModel, null).map(IModelStore.Found::iModel).map(IModel::iTwin);
  }
}
