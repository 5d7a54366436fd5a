package io.storageconnections.platform.application.member;

import io.storageconnections.application.port.Caller;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.port.MemberStore;
import io.storageconnections.platform.domain.member.Member;
import org.jspecify.annotations.Nullable;

/** Removes a member from an iTwin. */
public interface RemoveMember {

  /** Returns the use case. */
  static RemoveMember on(MemberStore members, Permissions permissions) {
    return new RemoveMemberUseCase(members, permissions);
  }

  /**
   * Removes a member, and returns it.
   *
   * @param iTwinId the text form of the id of the iTwin; may be malformed
   * @param subject the subject; null if the request names none
   */
  Outcome<Member> remove(Caller caller, String iTwinId, @Nullable String subject);
}
