package io.storageconnections.bootstrap.architecture.planted.adapter.http;

import io.storageconnections.bootstrap.architecture.planted.adapter.persistence.Database;

final class KnowingAnotherAdapter {

  Database database() {
    return new Database();
  }
}
