package io.storageconnections.architecture.planted.host.sound;

import io.storageconnections.application.contract.IModelDirectoryContract;
import io.storageconnections.application.port.IModelDirectory;

/** Implements the contract for its subclass, which inherits the use of the adapter. */
abstract class DirectoryContract implements IModelDirectoryContract {

  @Override
  public IModelDirectory directory() {
    return new SingleITwinDirectory();
  }

  static final class OfSingleITwin extends DirectoryContract {}
}
