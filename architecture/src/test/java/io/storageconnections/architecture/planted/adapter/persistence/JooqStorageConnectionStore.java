package io.storageconnections.architecture.planted.adapter.persistence;

import io.storageconnections.architecture.planted.application.outcome.Failure;
import io.storageconnections.architecture.planted.application.outcome.Violation;
import io.storageconnections.architecture.planted.application.port.IModelDirectory;
import io.storageconnections.architecture.planted.application.port.StorageConnectionStore;

/** Breaks no rule; composition roots may use it, other adapters must not. */
public final class JooqStorageConnectionStore implements StorageConnectionStore, IModelDirectory {

  @Override
  public boolean access() {
    return true;
  }

  Failure failure() {
    return new Failure(new Violation());
  }
}
