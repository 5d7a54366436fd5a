package io.storageconnections.platform.application.itwin;

import io.storageconnections.application.port.Caller;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.outcome.Failure.ITwinNotFound;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.port.ITwinStore;
import io.storageconnections.platform.domain.itwin.ITwin;
import io.storageconnections.platform.domain.member.Role;
import java.time.Clock;

/** Validates the request; the store reads and changes the iTwin in one transaction. */
record UpdateITwinUseCase(ITwinStore iTwins, Permissions permissions, Clock clock)
    implements UpdateITwin {

  /** Does not ask for the parent again, which would need a second connection. */
  private static final ITwinValidation WITHIN_TRANSACTION = new ITwinValidation(parent -> true);

  @Override
  public Outcome<ITwin> update(Caller caller, String id, ITwinRequest request) {
    return permissions
        .iTwin(caller, id, Role.OWNER)
        .flatMap(known -> update(caller, known, request));
  }

  private Outcome<ITwin> update(Caller caller, ITwinId id, ITwinRequest request) {
    var validation = new ITwinValidation(parent -> permissions.roleOf(caller, parent).isPresent());
    var now = clock.instant();
    return Outcome.of(iTwins.find(id), new ITwinNotFound())
        .flatMap(found -> validation.ofUpdate(request, id, found.properties()))
        .flatMap(valid ->
            iTwins.update(
                id,
                current ->
                    WITHIN_TRANSACTION
                        .ofUpdate(request, id, current.properties())
                        .map(properties ->
                            new ITwin(
                                id,
                                properties,
                                current.createdBy(),
                                current.created(),
                                caller.subject(),
                                now))));
  }
}
