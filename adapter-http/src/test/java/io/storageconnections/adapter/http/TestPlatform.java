package io.storageconnections.adapter.http;

import io.storageconnections.application.contract.InMemoryStorageFiles;
import io.storageconnections.application.port.Access;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.DirectoryException;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * iModels of one iTwin, and Storage. Every caller may change every iModel, unless a test differs.
 */
public final class TestPlatform extends InMemoryStorageFiles implements IModelDirectory {

  private static final ITwinId ITWIN = ITwinId.parse("5fb9aa98-9874-4697-b942-d19728840f19");

  private volatile Access access = Access.CHANGE;
  private volatile @Nullable DirectoryException failure;

  /** Sets what every caller may do with every iModel. */
  public void grant(Access granted) {
    access = granted;
  }

  /** Makes every further question fail. */
  public void failWith(DirectoryException exception) {
    failure = exception;
  }

  @Override
  public Access access(Caller caller, IModelId iModel) {
    var thrown = failure;
    if (thrown != null) {
      throw thrown;
    }
    return access;
  }

  @Override
  public Optional<ITwinId> iTwinOf(Caller caller, IModelId iModel, StorageFileId firstFile) {
    return Optional.of(ITWIN);
  }
}
