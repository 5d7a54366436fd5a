package io.storageconnections.architecture.planted.host.sound;

import io.storageconnections.application.contract.IModelDirectoryContract;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.domain.connection.IModelId;
import java.util.UUID;

/** Implements the contract for its subclass, which inherits the use of the adapter. */
abstract class DirectoryContract implements IModelDirectoryContract {

  @Override
  public IModelDirectory directory() {
    return new SingleITwinDirectory();
  }

  @Override
  public IModelId visibleIModel(Caller caller) {
    return new IModelId(UUID.randomUUID());
  }

  static final class OfSingleITwin extends DirectoryContract {}
}
