package io.storageconnections.architecture.planted.domain;

import io.storageconnections.architecture.planted.application.UseCases;

final class UsingTheApplication {

  UseCases useCases() {
    return new UseCases();
  }
}
