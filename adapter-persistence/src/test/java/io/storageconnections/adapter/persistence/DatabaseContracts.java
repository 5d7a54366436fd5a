package io.storageconnections.adapter.persistence;

import io.storageconnections.application.contract.IModelDirectoryContract;
import io.storageconnections.application.contract.StorageConnectionStoreContract;
import io.storageconnections.application.port.out.IModelDirectory;
import io.storageconnections.application.port.out.StorageConnectionStore;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The contracts, to be kept on one database for all tests of a class. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class DatabaseContracts
    implements StorageConnectionStoreContract, IModelDirectoryContract {

  private Database database;

  /** Which database. */
  abstract String url();

  @BeforeAll
  void open() {
    database = Database.open(url(), null, null, Database.CONNECTIONS_DEFAULT);
    Migrations.run(database.dataSource());
  }

  @AfterAll
  void close() {
    database.close();
  }

  @Override
  public StorageConnectionStore store() {
    return JooqStorageConnectionStore.on(database.dataSource());
  }

  @Override
  public Optional<StorageConnectionStore> storeThatIsAway() {
    try (var closed = Database.open(url(), null, null, 1)) {
      return Optional.of(JooqStorageConnectionStore.on(closed.dataSource()));
    }
  }

  @Override
  public IModelDirectory directory() {
    return OpenIModelDirectory.on(database.dataSource());
  }
}
