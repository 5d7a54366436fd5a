package io.storageconnections.architecture.planted.application;

import java.time.Instant;

final class ReadingClocksAndDefaults {

  Instant instant() {
    return Instant.now();
  }
}
