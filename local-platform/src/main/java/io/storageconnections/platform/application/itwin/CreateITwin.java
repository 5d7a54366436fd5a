package io.storageconnections.platform.application.itwin;

import io.storageconnections.application.port.Caller;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.port.ITwinStore;
import io.storageconnections.platform.domain.itwin.ITwin;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;

/** Creates an iTwin. Its first owner is the caller. */
public interface CreateITwin {

  /** Returns the use case. */
  static CreateITwin on(
      ITwinStore iTwins, Permissions permissions, Clock clock, Supplier<UUID> ids) {
    return new CreateITwinUseCase(iTwins, permissions, clock, ids);
  }

  /** Creates the iTwin that {@code request} describes. */
  Outcome<ITwin> create(Caller caller, ITwinRequest request);
}
