package io.storageconnections.platform.application.imodel;

import io.storageconnections.application.port.Caller;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.deletion.Deletions;
import io.storageconnections.platform.application.outcome.Failure.IModelNotFound;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.port.IModelStore;
import io.storageconnections.platform.domain.member.Role;

/** Commits the mark first, then deletes what belongs to the iModel. */
record DeleteIModelUseCase(IModelStore iModels, Permissions permissions, Deletions deletions)
    implements DeleteIModel {

  @Override
  public Outcome<IModelId> delete(Caller caller, String id) {
    return permissions
        .iModel(caller, id, Role.WRITER)
        .flatMap(iModel -> {
          if (!iModels.beginDeletion(iModel.id())) {
            return Outcome.failed(new IModelNotFound());
          }
          deletions.finish(caller, iModel.id());
          return Outcome.success(iModel.id());
        });
  }
}
