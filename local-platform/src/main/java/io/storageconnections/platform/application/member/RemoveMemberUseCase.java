package io.storageconnections.platform.application.member;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.port.Caller;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.port.MemberStore;
import io.storageconnections.platform.application.validation.Violations;
import io.storageconnections.platform.domain.member.Member;
import io.storageconnections.platform.domain.member.Role;
import io.storageconnections.platform.domain.member.Subject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Validates the request; the store decides whether an owner is left. */
record RemoveMemberUseCase(MemberStore members, Permissions permissions) implements RemoveMember {

  @Override
  public Outcome<Member> remove(Caller caller, String iTwinId, @Nullable String subject) {
    return permissions
        .iTwin(caller, iTwinId, Role.OWNER)
        .flatMap(iTwin -> {
          var violations = new Violations(Set.of());
          var parsed = violations.required("subject", subject, Subject::parse);
          return violations.isEmpty()
              ? members.remove(iTwin, requireNonNull(parsed))
              : violations.failed();
        });
  }
}
