package io.storageconnections.platform.application.member;

import io.storageconnections.application.port.Caller;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.outcome.Failure.MemberNotFound;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.port.MemberStore;
import io.storageconnections.platform.domain.member.Member;
import io.storageconnections.platform.domain.member.Role;

/** Returns one member of an iTwin. */
@FunctionalInterface
public interface GetMember {

  /** Returns the use case. */
  static GetMember on(MemberStore members, Permissions permissions) {
    return (caller, id, subject) ->
        permissions
            .iTwin(caller, id, Role.READER)
            .flatMap(iTwin ->
                Outcome.of(
                    members.list(iTwin).stream()
                        .filter(member -> member.subject().value().equals(subject))
                        .findFirst(),
                    new MemberNotFound()));
  }

  /**
   * Returns a member.
   *
   * @param iTwinId the text form of the id of the iTwin; may be malformed
   * @param subject the subject of the member; may be that of no member
   */
  Outcome<Member> get(Caller caller, String iTwinId, String subject);
}
