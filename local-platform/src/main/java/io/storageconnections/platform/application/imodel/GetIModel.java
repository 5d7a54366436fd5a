package io.storageconnections.platform.application.imodel;

import io.storageconnections.application.port.Caller;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.domain.imodel.IModel;
import io.storageconnections.platform.domain.member.Role;

/** Returns an iModel. */
@FunctionalInterface
public interface GetIModel {

  /** Returns the use case. */
  static GetIModel on(Permissions permissions) {
    return (caller, id) -> permissions.iModel(caller, id, Role.READER);
  }

  /**
   * Returns an iModel.
   *
   * @param id the text form of the id; may be malformed
   */
  Outcome<IModel> get(Caller caller, String id);
}
