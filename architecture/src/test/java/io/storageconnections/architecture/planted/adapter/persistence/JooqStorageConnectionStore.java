package io.storageconnections.architecture.planted.adapter.persistence;

import io.storageconnections.architecture.planted.application.outcome.Failure;
import io.storageconnections.architecture.planted.application.outcome.Violation;
import io.storageconnections.architecture.planted.application.port.StorageConnectionStore;

/** Breaks no rule; composition roots may use it, other adapters must not. */
public final class JooqStorageConnectionStore implements StorageConnectionStore {

  Failure failure() {
    return new Failure(new Violation());
  }
}
