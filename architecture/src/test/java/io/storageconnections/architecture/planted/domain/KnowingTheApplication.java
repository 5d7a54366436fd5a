package io.storageconnections.architecture.planted.domain;

import io.storageconnections.architecture.planted.application.UseCases;

final class KnowingTheApplication {

  UseCases useCases() {
    return new UseCases();
  }
}
