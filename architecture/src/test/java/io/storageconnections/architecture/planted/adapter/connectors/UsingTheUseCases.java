package io.storageconnections.architecture.planted.adapter.connectors;

import io.storageconnections.architecture.planted.application.UseCases;

final class UsingTheUseCases {

  UseCases useCases() {
    return new UseCases();
  }
}
