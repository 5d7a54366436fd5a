package io.storageconnections.adapter.persistence;

import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_IMODEL;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import java.util.Optional;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;

/**
 * A directory for trying things out: every iModel exists, every caller sees it, and its iTwin is
 * that of the first file it is used with, which the database remembers. Not for a server that
 * strangers can reach. Thread-safe, and of one mind among all processes on one database.
 */
public final class OpenIModelDirectory implements IModelDirectory {

  /** Bounds the memory: some 10 MB at the most. */
  private static final int REMEMBERED_MAX = 50_000;

  private final DSLContext dsl;

  /** What was found once need not be asked for again: it never changes. */
  private final Cache<IModelId, ITwinId> iTwins =
      Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).executor(Runnable::run).build();

  private OpenIModelDirectory(DSLContext dsl) {
    this.dsl = dsl;
  }

  /**
   * Makes a directory on a database.
   *
   * @param dataSource as {@link JooqStorageConnectionStore#on} wants it; stays its owner's to close
   * @return the directory, which has nothing to close
   * @throws IllegalArgumentException if its connections are of another isolation level than READ
   *     COMMITTED
   * @throws IllegalStateException if they are not in auto-commit mode
   * @throws StoreException if the database cannot be reached to ask which one it is
   */
  public static OpenIModelDirectory on(DataSource dataSource) {
    return Sql.answering("connecting", () -> new OpenIModelDirectory(Sql.on(dataSource)));
  }

  @Override
  public boolean sees(Caller caller, IModelId iModel) {
    return true;
  }

  @Override
  public Optional<ITwinId> iTwinOf(Caller caller, IModelId iModel, StorageFileId firstFile) {
    var known = iTwins.getIfPresent(iModel);
    if (known != null) {
      return Optional.of(known);
    }
    var iTwin =
        Sql.answering(
            "finding the iTwin of iModel " + iModel,
            () -> remembered(iModel).or(() -> remember(iModel, firstFile.iTwin())));
    iTwin.ifPresent(found -> iTwins.put(iModel, found));
    return iTwin;
  }

  private Optional<ITwinId> remembered(IModelId iModel) {
    return dsl.select(STORAGE_CONNECTION_IMODEL.ITWIN_ID)
        .from(STORAGE_CONNECTION_IMODEL)
        .where(STORAGE_CONNECTION_IMODEL.IMODEL_ID.eq(iModel.value()))
        .fetchOptional(row -> new ITwinId(row.value1()));
  }

  private Optional<ITwinId> remember(IModelId iModel, ITwinId iTwin) {
    try {
      dsl.insertInto(STORAGE_CONNECTION_IMODEL)
          .set(STORAGE_CONNECTION_IMODEL.IMODEL_ID, iModel.value())
          .set(STORAGE_CONNECTION_IMODEL.ITWIN_ID, iTwin.value())
          .execute();
      return Optional.of(iTwin);
    } catch (DataAccessException failure) {
      if (!Sql.isUniqueViolation(failure)) {
        throw failure;
      }
      // Somebody was faster; theirs is the first.
      return remembered(iModel);
    }
  }
}
