package io.storageconnections.adapter.persistence;

import java.util.UUID;

/** Runs the contracts on H2 in memory. */
final class H2InMemoryStoreTest extends DatabaseContracts {

  @Override
  String url() {
    return "jdbc:h2:mem:" + UUID.randomUUID();
  }
}
