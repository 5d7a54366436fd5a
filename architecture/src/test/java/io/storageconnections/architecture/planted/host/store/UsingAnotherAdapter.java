package io.storageconnections.architecture.planted.host.store;

import io.storageconnections.architecture.planted.host.other.OtherAdapter;

final class UsingAnotherAdapter {

  OtherAdapter other() {
    return new OtherAdapter();
  }
}
