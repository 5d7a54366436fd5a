package io.storageconnections.architecture.planted.application.port;

import io.storageconnections.architecture.planted.application.connection.CreateStorageConnection;

final class UsingTheUseCases {

  void create(CreateStorageConnection useCase) {}
}
