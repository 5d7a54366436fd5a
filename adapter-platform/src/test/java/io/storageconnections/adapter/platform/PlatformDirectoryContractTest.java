package io.storageconnections.adapter.platform;

import io.storageconnections.adapter.platform.fixture.TestPlatform;
import io.storageconnections.application.contract.IModelDirectoryContract;
import io.storageconnections.application.contract.StorageFilesContract;
import io.storageconnections.application.port.Access;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.application.port.StorageFiles;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

final class PlatformDirectoryContractTest implements IModelDirectoryContract, StorageFilesContract {

  private static final ITwinId ITWIN = new ITwinId(UUID.randomUUID());

  private final TestPlatform platform = new TestPlatform();
  private final PlatformDirectory directory = PlatformDirectory.builder(platform.url()).build();

  @AfterEach
  void close() {
    directory.close();
    platform.close();
  }

  /** The callers of the contract have no token. */
  @Override
  public IModelDirectory directory() {
    return new IModelDirectory() {
      @Override
      public Access access(Caller caller, IModelId iModel) {
        return directory.access(caller.withBearerToken("token"), iModel);
      }

      @Override
      public Optional<ITwinId> iTwinOf(Caller caller, IModelId iModel, StorageFileId firstFile) {
        return directory.iTwinOf(caller.withBearerToken("token"), iModel, firstFile);
      }
    };
  }

  @Override
  public IModelId visibleIModel(Caller caller) {
    var iModel = new IModelId(UUID.randomUUID());
    platform.show(iModel, new ITwinId(UUID.randomUUID()));
    return iModel;
  }

  @Override
  public Optional<IModelId> hiddenIModel(Caller caller) {
    return Optional.of(new IModelId(UUID.randomUUID()));
  }

  @Override
  public StorageFiles storageFiles() {
    return (caller, iModel, files) ->
        directory.usable(caller.withBearerToken("token"), iModel, files);
  }

  @Override
  public IModelId iModelOfFiles(Caller caller) {
    var iModel = new IModelId(UUID.randomUUID());
    platform.show(iModel, ITWIN);
    return iModel;
  }

  @Override
  public StorageFileId usableFile(Caller caller) {
    var file = missingFile(caller);
    platform.show(file, "plant.dgn");
    return file;
  }

  @Override
  public StorageFileId missingFile(Caller caller) {
    return new StorageFileId(ITWIN, UUID.randomUUID());
  }
}
