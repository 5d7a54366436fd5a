package io.storageconnections.platform.application.imodel;

import io.storageconnections.application.port.Caller;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.port.MemberStore;

/** Returns a user of an iModel: its creator, or a member of its iTwin. */
public interface GetUserOfIModel {

  /** Returns the use case. */
  static GetUserOfIModel on(MemberStore members, Permissions permissions) {
    return new GetUserOfIModelUseCase(members, permissions);
  }

  /**
   * Returns the subject of a user.
   *
   * @param iModelId the text form of the id of the iModel; may be malformed
   * @param userId the text form of the user's id; may be malformed
   */
  Outcome<String> get(Caller caller, String iModelId, String userId);
}
