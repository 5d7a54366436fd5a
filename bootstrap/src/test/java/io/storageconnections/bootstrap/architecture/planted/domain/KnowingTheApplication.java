package io.storageconnections.bootstrap.architecture.planted.domain;

import io.storageconnections.bootstrap.architecture.planted.application.UseCases;

final class KnowingTheApplication {

  UseCases useCases() {
    return new UseCases();
  }
}
