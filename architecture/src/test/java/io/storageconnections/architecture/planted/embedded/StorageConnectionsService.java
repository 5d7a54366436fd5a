package io.storageconnections.architecture.planted.embedded;

import io.storageconnections.architecture.planted.adapter.persistence.Database;
import io.storageconnections.architecture.planted.application.UseCases;

public final class StorageConnectionsService extends UseCases {

  Database database() {
    return new Database();
  }
}
