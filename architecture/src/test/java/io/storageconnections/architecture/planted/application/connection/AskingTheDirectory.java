package io.storageconnections.architecture.planted.application.connection;

import io.storageconnections.architecture.planted.application.port.IModelDirectory;

final class AskingTheDirectory {

  boolean mayCreate(IModelDirectory directory) {
    return directory.access();
  }
}
