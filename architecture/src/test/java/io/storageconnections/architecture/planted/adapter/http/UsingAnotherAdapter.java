package io.storageconnections.architecture.planted.adapter.http;

import io.storageconnections.architecture.planted.adapter.persistence.JooqStorageConnectionStore;

final class UsingAnotherAdapter {

  JooqStorageConnectionStore store() {
    return new JooqStorageConnectionStore();
  }
}
