package io.storageconnections.architecture.planted.junit;

import io.storageconnections.architecture.planted.adapter.persistence.JooqStorageConnectionStore;
import io.storageconnections.architecture.planted.bootstrap.Main;
import io.storageconnections.architecture.planted.embedded.StorageConnectionsService;

/** Breaks no rule; a composition root. */
interface Wiring {

  Main main();

  JooqStorageConnectionStore store();

  StorageConnectionsService service();
}
