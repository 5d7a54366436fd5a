package io.storageconnections.architecture.planted.adapter.http;

import io.storageconnections.architecture.planted.adapter.persistence.Database;

final class KnowingAnotherAdapter {

  Database database() {
    return new Database();
  }
}
