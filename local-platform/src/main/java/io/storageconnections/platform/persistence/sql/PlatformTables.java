package io.storageconnections.platform.persistence.sql;

import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_BLOB;
import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_BLOB_FOLDER;
import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_DELETED_ITWIN;
import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_FILE;
import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_FOLDER;
import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_IMODEL;
import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_ITWIN;
import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_MEMBER;
import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_SEED;
import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_UPLOAD;

import io.storageconnections.adapter.persistence.database.WriteProbe;
import io.storageconnections.adapter.persistence.database.WriteProbe.TableUse;
import io.storageconnections.adapter.persistence.sql.Transactions;
import io.storageconnections.application.port.StoreException;
import java.util.List;

/** All tables of this module. */
public final class PlatformTables {

  private static final WriteProbe PROBE =
      new WriteProbe(
          List.of(
              TableUse.all(LOCAL_PLATFORM_ITWIN),
              new TableUse(LOCAL_PLATFORM_DELETED_ITWIN, false, true),
              TableUse.all(LOCAL_PLATFORM_MEMBER),
              TableUse.all(LOCAL_PLATFORM_IMODEL),
              TableUse.all(LOCAL_PLATFORM_FOLDER),
              TableUse.all(LOCAL_PLATFORM_FILE),
              TableUse.all(LOCAL_PLATFORM_UPLOAD),
              TableUse.all(LOCAL_PLATFORM_BLOB),
              TableUse.insertOnly(LOCAL_PLATFORM_BLOB_FOLDER),
              TableUse.insertOnly(LOCAL_PLATFORM_SEED)));

  private PlatformTables() {}

  /**
   * Returns if the database accepts the statements on all tables.
   *
   * @throws StoreException if it refuses one, or cannot be reached
   */
  public static void check(Transactions transactions) {
    var unused =
        transactions.run(
            "checking that the tables of the local platform can be written to",
            () -> {
              PROBE.run(transactions.dsl());
              return true;
            });
  }
}
