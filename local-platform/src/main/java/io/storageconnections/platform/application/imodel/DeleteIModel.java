package io.storageconnections.platform.application.imodel;

import io.storageconnections.application.port.Caller;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.deletion.Deletions;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.port.IModelStore;

/** Deletes an iModel with its connections. */
public interface DeleteIModel {

  /** Returns the use case. */
  static DeleteIModel on(IModelStore iModels, Permissions permissions, Deletions deletions) {
    return new DeleteIModelUseCase(iModels, permissions, deletions);
  }

  /**
   * Deletes an iModel. If this fails half-way, the iModel exists for no caller any more, and {@link
   * Deletions#resume} deletes the rest.
   *
   * @param id the text form of the id; may be malformed
   */
  Outcome<IModelId> delete(Caller caller, String id);
}
