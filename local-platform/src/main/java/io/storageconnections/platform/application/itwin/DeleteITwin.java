package io.storageconnections.platform.application.itwin;

import io.storageconnections.application.port.Caller;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.deletion.Deletions;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.port.ITwinStore;

/** Deletes an iTwin with its iModels, their connections, and its Storage. */
public interface DeleteITwin {

  /** Returns the use case. */
  static DeleteITwin on(ITwinStore iTwins, Permissions permissions, Deletions deletions) {
    return new DeleteITwinUseCase(iTwins, permissions, deletions);
  }

  /**
   * Deletes an iTwin. If this fails half-way, the iTwin exists for no caller any more, and {@link
   * Deletions#resume} deletes the rest.
   *
   * @param id the text form of the id; may be malformed
   */
  Outcome<ITwinId> delete(Caller caller, String id);
}
