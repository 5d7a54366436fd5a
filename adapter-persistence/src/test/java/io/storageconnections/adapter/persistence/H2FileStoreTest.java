package io.storageconnections.adapter.persistence;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contracts, kept by H2 in a file. */
final class H2FileStoreTest extends DatabaseContracts {

  @TempDir private static Path folder;

  @Override
  String url() {
    return "jdbc:h2:file:" + folder.resolve("store");
  }
}
