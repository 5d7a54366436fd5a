package io.storageconnections.adapter.persistence;

import io.storageconnections.application.contract.IModelDirectoryContract;
import io.storageconnections.application.contract.StorageConnectionStoreContract;
import io.storageconnections.application.port.out.IModelDirectory;
import io.storageconnections.application.port.out.StorageConnectionStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The contracts, kept by H2 in a file. */
@TestInstance(Lifecycle.PER_CLASS)
final class H2FileStoreTest implements StorageConnectionStoreContract, IModelDirectoryContract {

  private Database database;

  @BeforeAll
  void open(@TempDir Path folder) {
    database = Database.open("jdbc:h2:file:" + folder.resolve("store"), null, null);
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
  public IModelDirectory directory() {
    return OpenIModelDirectory.on(database.dataSource());
  }
}
