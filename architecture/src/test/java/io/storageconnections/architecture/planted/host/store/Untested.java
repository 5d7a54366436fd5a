package io.storageconnections.architecture.planted.host.store;

import io.storageconnections.application.port.Access;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import java.util.Optional;

final class Untested implements IModelDirectory {

  @Override
  public Access access(Caller caller, IModelId iModel) {
    return Access.NONE;
  }

  @Override
  public Optional<ITwinId> iTwinOf(Caller caller, IModelId iModel, StorageFileId firstFile) {
    return Optional.empty();
  }
}
