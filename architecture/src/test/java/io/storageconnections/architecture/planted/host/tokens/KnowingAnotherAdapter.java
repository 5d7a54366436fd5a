package io.storageconnections.architecture.planted.host.tokens;

import io.storageconnections.architecture.planted.host.other.OtherAdapter;

final class KnowingAnotherAdapter {

  OtherAdapter other() {
    return new OtherAdapter();
  }
}
