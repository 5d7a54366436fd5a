package io.storageconnections.architecture.planted.junit;

import io.storageconnections.architecture.planted.adapter.persistence.Database;
import io.storageconnections.architecture.planted.bootstrap.Main;
import io.storageconnections.architecture.planted.embedded.StorageConnectionsService;

interface Wiring {

  Main main();

  Database database();

  StorageConnectionsService service();
}
