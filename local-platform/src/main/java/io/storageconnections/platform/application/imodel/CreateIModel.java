package io.storageconnections.platform.application.imodel;

import io.storageconnections.application.port.Caller;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.port.IModelStore;
import io.storageconnections.platform.domain.imodel.IModel;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;

/** Creates an iModel in an iTwin in which the caller is a writer. */
public interface CreateIModel {

  /** Returns the use case. */
  static CreateIModel on(
      IModelStore iModels, Permissions permissions, Clock clock, Supplier<UUID> ids) {
    return new CreateIModelUseCase(iModels, permissions, clock, ids);
  }

  /** Creates the iModel that {@code request} describes. */
  Outcome<IModel> create(Caller caller, IModelRequest request);
}
