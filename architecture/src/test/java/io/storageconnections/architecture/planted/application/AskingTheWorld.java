package io.storageconnections.architecture.planted.application;

import java.time.Instant;

final class AskingTheWorld {

  Instant instant() {
    return Instant.now();
  }
}
