package io.storageconnections.platform.application.itwin;

import io.storageconnections.application.port.Caller;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.port.ITwinStore;
import io.storageconnections.platform.domain.itwin.ITwin;

/** Returns an iTwin. */
public interface GetITwin {

  /** Returns the use case. */
  static GetITwin on(ITwinStore iTwins, Permissions permissions) {
    return new GetITwinUseCase(iTwins, permissions);
  }

  /**
   * Returns an iTwin.
   *
   * @param id the text form of the id; may be malformed
   */
  Outcome<ITwin> get(Caller caller, String id);
}
