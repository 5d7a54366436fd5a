package io.storageconnections.platform.application.imodel;

import io.storageconnections.application.port.Caller;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.port.IModelStore;
import io.storageconnections.platform.domain.imodel.IModel;

/** Changes the name, the description and the extent that a request has; the others stay. */
public interface UpdateIModel {

  /** Returns the use case. */
  static UpdateIModel on(IModelStore iModels, Permissions permissions) {
    return new UpdateIModelUseCase(iModels, permissions);
  }

  /**
   * Changes an iModel.
   *
   * @param id the text form of the id; may be malformed
   */
  Outcome<IModel> update(Caller caller, String id, IModelRequest request);
}
