package io.storageconnections.platform.application.itwin;

import io.storageconnections.application.port.Caller;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.deletion.Deletions;
import io.storageconnections.platform.application.outcome.Failure.ITwinNotFound;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.port.ITwinStore;
import io.storageconnections.platform.domain.member.Role;

/** Commits the mark first, then deletes what belongs to the iTwin. */
record DeleteITwinUseCase(ITwinStore iTwins, Permissions permissions, Deletions deletions)
    implements DeleteITwin {

  @Override
  public Outcome<ITwinId> delete(Caller caller, String id) {
    return permissions
        .iTwin(caller, id, Role.OWNER)
        .flatMap(known -> {
          if (!iTwins.beginDeletion(known)) {
            return Outcome.failed(new ITwinNotFound());
          }
          deletions.finish(caller, known);
          return Outcome.success(known);
        });
  }
}
