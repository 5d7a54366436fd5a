package io.storageconnections.platform.application.itwin;

import io.storageconnections.application.port.Caller;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.outcome.Failure.Forbidden;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.port.ITwinStore;
import io.storageconnections.platform.domain.id.ScopeId;
import io.storageconnections.platform.domain.itwin.ITwin;
import io.storageconnections.platform.domain.member.Role;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;

/** Validates the request; the store decides which request gets a number. */
record CreateITwinUseCase(
    ITwinStore iTwins, Permissions permissions, Clock clock, Supplier<UUID> ids)
    implements CreateITwin {

  @Override
  public Outcome<ITwin> create(Caller caller, ITwinRequest request) {
    var id = new ITwinId(ScopeId.next(ids));
    return new ITwinValidation(parent -> permissions.roleOf(caller, parent).isPresent())
        .ofCreation(request, id)
        .flatMap(properties -> {
          var owner = Permissions.subjectOf(caller);
          if (owner.isEmpty() || !Permissions.permits(caller, Role.OWNER)) {
            return Outcome.failed(new Forbidden());
          }
          var now = clock.instant();
          var subject = owner.get().value();
          return iTwins.add(new ITwin(id, properties, subject, now, subject, now), owner.get());
        });
  }
}
