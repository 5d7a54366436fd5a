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
import java.time.Clock;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Validates the request; the store decides whether an owner is left. */
record PutMemberUseCase(MemberStore members, Permissions permissions, Clock clock)
    implements PutMember {

  @Override
  public Outcome<Member> put(
      Caller caller,
      String iTwinId,
      @Nullable String subject,
      @Nullable String role,
      Set<String> mistyped) {
    return permissions
        .iTwin(caller, iTwinId, Role.OWNER)
        .flatMap(iTwin -> {
          var violations = new Violations(mistyped);
          var parsedSubject = violations.required("subject", subject, Subject::parse);
          var parsedRole = violations.required("role", role, Role::parse);
          return violations.isEmpty()
              ? members.put(
                  iTwin,
                  new Member(requireNonNull(parsedSubject), requireNonNull(parsedRole)),
                  clock.instant())
              : violations.failed();
        });
  }
}
