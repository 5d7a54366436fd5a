package io.storageconnections.platform.application.member;

import io.storageconnections.application.port.Caller;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.port.MemberStore;
import io.storageconnections.platform.domain.member.Member;
import java.time.Clock;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds a member to an iTwin, or changes the role of one. */
public interface PutMember {

  /** Returns the use case. */
  static PutMember on(MemberStore members, Permissions permissions, Clock clock) {
    return new PutMemberUseCase(members, permissions, clock);
  }

  /**
   * Adds or changes a member.
   *
   * @param iTwinId the text form of the id of the iTwin; may be malformed
   * @param subject the subject; null if the request names none
   * @param role the text form of the role; null if absent
   * @param mistyped the members of the body that have another JSON type than documented
   */
  Outcome<Member> put(
      Caller caller,
      String iTwinId,
      @Nullable String subject,
      @Nullable String role,
      Set<String> mistyped);
}
