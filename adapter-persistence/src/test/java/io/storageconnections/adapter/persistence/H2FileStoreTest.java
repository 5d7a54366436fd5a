package io.storageconnections.adapter.persistence;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Runs the contracts on H2 with a file. */
final class H2FileStoreTest extends DatabaseContracts {

  @TempDir private static Path folder;

  @Override
  String url() {
    return "jdbc:h2:file:" + folder.resolve("store");
  }
}
