package io.storageconnections.architecture.planted.bootstrap;

import io.storageconnections.architecture.planted.adapter.persistence.Database;
import io.storageconnections.architecture.planted.application.UseCases;

/** Stands for who wires: knows everybody, and breaks no rule by it. */
public final class Main {

  Database database() {
    return new Database();
  }

  UseCases useCases() {
    return new UseCases();
  }
}
