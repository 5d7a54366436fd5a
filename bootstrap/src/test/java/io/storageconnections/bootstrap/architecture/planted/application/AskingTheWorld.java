package io.storageconnections.bootstrap.architecture.planted.application;

import java.time.Instant;

final class AskingTheWorld {

  Instant instant() {
    return Instant.now();
  }
}
