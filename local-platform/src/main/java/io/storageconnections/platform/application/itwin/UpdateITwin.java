package io.storageconnections.platform.application.itwin;

import io.storageconnections.application.port.Caller;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.port.ITwinStore;
import io.storageconnections.platform.domain.itwin.ITwin;
import java.time.Clock;

/** Changes the properties of an iTwin that a request has; the others stay. */
public interface UpdateITwin {

  /** Returns the use case. */
  static UpdateITwin on(ITwinStore iTwins, Permissions permissions, Clock clock) {
    return new UpdateITwinUseCase(iTwins, permissions, clock);
  }

  /**
   * Changes an iTwin.
   *
   * @param id the text form of the id; may be malformed
   */
  Outcome<ITwin> update(Caller caller, String id, ITwinRequest request);
}
