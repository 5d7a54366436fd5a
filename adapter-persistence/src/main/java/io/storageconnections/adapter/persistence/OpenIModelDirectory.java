package io.storageconnections.adapter.persistence;

import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_IMODEL;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.storageconnections.adapter.persistence.sql.StoreConstraints;
import io.storageconnections.adapter.persistence.sql.Transactions;
import io.storageconnections.application.port.Access;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import java.sql.Connection;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * A directory for trials: every iModel exists, and every caller may change it. The iTwin of an
 * iModel is that of the first file that is mapped to it; the database stores it. Do not use it on a
 * server that untrusted callers can reach. Thread-safe; all processes on one database return the
 * same iTwins.
 */
public final class OpenIModelDirectory implements IModelDirectory {

  /** Limits the cache to about 10 MB of memory. */
  private static final int CACHED_MAX = 50_000;

  private final Transactions transactions;

  /** The iTwin of an iModel never changes, so that entries do not expire. Only committed rows. */
  private final Cache<IModelId, ITwinId> iTwins;

  private OpenIModelDirectory(Transactions transactions, Cache<IModelId, ITwinId> iTwins) {
    this.transactions = transactions;
    this.iTwins = iTwins;
  }

  /**
   * Creates a directory on a database.
   *
   * @param dataSource as for {@link JooqStorageConnectionStore#on}; its owner closes it
   * @return the directory, which need not be closed
   * @throws IllegalArgumentException if the connections have another isolation level than READ
   *     COMMITTED
   * @throws IllegalStateException if the connections are not in auto-commit mode
   * @throws StoreException if the database cannot be reached to ask for its dialect
   */
  public static OpenIModelDirectory on(DataSource dataSource) {
    return new OpenIModelDirectory(
        Transactions.on(dataSource),
        Caffeine.newBuilder().maximumSize(CACHED_MAX).executor(Runnable::run).build());
  }

  /**
   * Returns this directory for one transaction of the host. What it stores is part of that
   * transaction.
   *
   * @param connection as for {@link JooqStorageConnectionStore#within}
   * @return a directory for the thread and the transaction of {@code connection}
   * @throws IllegalArgumentException as {@link JooqStorageConnectionStore#within}
   * @throws StoreException if the connection is broken
   */
  public OpenIModelDirectory within(Connection connection) {
    return new OpenIModelDirectory(transactions.within(connection), iTwins);
  }

  @Override
  public Access access(Caller caller, IModelId iModel) {
    return Access.CHANGE;
  }

  @Override
  public Optional<ITwinId> iTwinOf(Caller caller, IModelId iModel, StorageFileId firstFile) {
    var known = iTwins.getIfPresent(iModel);
    if (known != null) {
      return Optional.of(known);
    }
    var iTwin =
        transactions.run(
            "finding the iTwin of iModel " + iModel,
            () -> stored(iModel).or(() -> store(iModel, firstFile.iTwin())));
    // The host may still roll its transaction back, and the row with it.
    if (!transactions.isWithinHostTransaction()) {
      iTwin.ifPresent(found -> iTwins.put(iModel, found));
    }
    return iTwin;
  }

  /**
   * Empties the cache. Call it after the rows of {@link JooqStorageConnectionStore#clear} are
   * removed; other processes on the database keep what they have cached.
   */
  public void forget() {
    iTwins.invalidateAll();
  }

  private Optional<ITwinId> stored(IModelId iModel) {
    return transactions
        .dsl()
        .select(STORAGE_CONNECTION_IMODEL.ITWIN_ID)
        .from(STORAGE_CONNECTION_IMODEL)
        .where(STORAGE_CONNECTION_IMODEL.IMODEL_ID.eq(iModel.value()))
        .fetchOptional(row -> new ITwinId(row.value1()));
  }

  private Optional<ITwinId> store(IModelId iModel, ITwinId iTwin) {
    return Transactions.unlessViolated(
        StoreConstraints.IMODEL,
        () ->
            transactions.inStatement(() -> {
              transactions
                  .dsl()
                  .insertInto(STORAGE_CONNECTION_IMODEL)
                  .set(STORAGE_CONNECTION_IMODEL.IMODEL_ID, iModel.value())
                  .set(STORAGE_CONNECTION_IMODEL.ITWIN_ID, iTwin.value())
                  .execute();
              return Optional.of(iTwin);
            }),
        // Another request stored the row first: its file was the first one. The row is not visible
        // to a transaction of the host that began before it.
        () -> stored(iModel).map(Optional::of).orElse(null));
  }
}
