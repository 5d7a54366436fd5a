package io.storageconnections.platform.application.itwin;

import io.storageconnections.application.port.Caller;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.outcome.Failure.ITwinNotFound;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.port.ITwinStore;
import io.storageconnections.platform.domain.itwin.ITwin;
import io.storageconnections.platform.domain.member.Role;

/** Reads an iTwin that the caller may read. */
record GetITwinUseCase(ITwinStore iTwins, Permissions permissions) implements GetITwin {

  @Override
  public Outcome<ITwin> get(Caller caller, String id) {
    return permissions
        .iTwin(caller, id, Role.READER)
        .flatMap(known -> Outcome.of(iTwins.find(known), new ITwinNotFound()));
  }
}
