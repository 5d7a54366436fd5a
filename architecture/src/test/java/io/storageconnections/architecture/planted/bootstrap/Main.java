package io.storageconnections.architecture.planted.bootstrap;

import io.storageconnections.architecture.planted.adapter.persistence.JooqStorageConnectionStore;
import io.storageconnections.architecture.planted.application.UseCases;

/** Breaks no rule; a composition root. */
public final class Main {

  JooqStorageConnectionStore store() {
    return new JooqStorageConnectionStore();
  }

  UseCases useCases() {
    return new UseCases();
  }
}
