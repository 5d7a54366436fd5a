package io.storageconnections.architecture.planted.embedded;

import io.storageconnections.architecture.planted.adapter.persistence.JooqStorageConnectionStore;
import io.storageconnections.architecture.planted.application.UseCases;

/** Breaks no rule; a composition root. */
public final class StorageConnectionsService {

  JooqStorageConnectionStore store() {
    return new JooqStorageConnectionStore();
  }

  UseCases useCases() {
    return new UseCases();
  }
}
