package io.storageconnections.architecture.planted.adapter.http;

import io.storageconnections.architecture.planted.application.port.StorageConnectionStore;

final class CallingTheStore {

  void call(StorageConnectionStore store) {}
}
