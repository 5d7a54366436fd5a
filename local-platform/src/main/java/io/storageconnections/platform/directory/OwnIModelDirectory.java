package io.storageconnections.platform.directory;

import io.storageconnections.application.port.Access;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.port.IModelStore;
import io.storageconnections.platform.domain.imodel.IModel;
import io.storageconnections.platform.domain.member.Role;
import java.util.Optional;

/**
 * The directory of a platform that knows all iModels: the members of an iTwin, and their roles,
 * decide. Each question is one statement. Thread-safe.
 */
public record OwnIModelDirectory(IModelStore iModels) implements IModelDirectory {

  @Override
  public Access access(Caller caller, IModelId iModel) {
    return find(caller, iModel)
        .map(IModelStore.Found::role)
        .map(role -> role.includes(Role.WRITER) ? Access.CHANGE : Access.READ)
        .orElse(Access.NONE);
  }

  @Override
  public Optional<ITwinId> iTwinOf(Caller caller, IModelId iModel, StorageFileId firstFile) {
    return find(caller, iModel)
        .filter(found -> found.role() != null)
        .map(IModelStore.Found::iModel)
        .map(IModel::iTwin);
  }

  private Optional<IModelStore.Found> find(Caller caller, IModelId iModel) {
    return Permissions.subjectOf(caller).flatMap(subject -> iModels.find(iModel, subject));
  }
}
