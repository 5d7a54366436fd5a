package io.storageconnections.architecture.planted.adapter.execution;

import io.storageconnections.architecture.planted.application.UseCases;

final class UsingTheUseCases {

  UseCases useCases() {
    return new UseCases();
  }
}
