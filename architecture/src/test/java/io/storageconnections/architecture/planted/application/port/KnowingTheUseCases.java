package io.storageconnections.architecture.planted.application.port;

import io.storageconnections.architecture.planted.application.UseCases;

final class KnowingTheUseCases {

  UseCases useCases() {
    return new UseCases();
  }
}
