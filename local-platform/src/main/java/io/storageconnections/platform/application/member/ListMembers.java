package io.storageconnections.platform.application.member;

import io.storageconnections.application.port.Caller;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.port.MemberStore;
import io.storageconnections.platform.domain.member.Member;
import io.storageconnections.platform.domain.member.Role;
import java.util.List;

/** Lists the members of an iTwin. */
@FunctionalInterface
public interface ListMembers {

  /** Returns the use case. */
  static ListMembers on(MemberStore members, Permissions permissions) {
    return (caller, id) -> permissions.iTwin(caller, id, Role.READER).map(members::list);
  }

  /**
   * Returns the members in the order in which they were added.
   *
   * @param iTwinId the text form of the id of the iTwin; may be malformed
   */
  Outcome<List<Member>> list(Caller caller, String iTwinId);
}
