package io.storageconnections.bootstrap.architecture.planted.adapter.persistence;

import io.storageconnections.bootstrap.architecture.planted.application.UseCases;

final class KnowingTheUseCases {

  UseCases useCases() {
    return new UseCases();
  }
}
