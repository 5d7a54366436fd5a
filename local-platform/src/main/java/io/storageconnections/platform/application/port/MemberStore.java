package io.storageconnections.platform.application.port;

import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.domain.member.Member;
import io.storageconnections.platform.domain.member.Role;
import io.storageconnections.platform.domain.member.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Stores the members of iTwins. Every method may throw a {@link
 * io.storageconnections.application.port.StoreException}.
 */
public interface MemberStore {

  /** Returns the role of a subject; empty if the iTwin does not exist or has no such member. */
  Optional<Role> roleOf(ITwinId iTwin, Subject subject);

  /** Returns the members in the order in which they were added. */
  List<Member> list(ITwinId iTwin);

  /** Adds a member, or changes its role. Fails with {@code ITwinNotFound} or {@code LastOwner}. */
  Outcome<Member> put(ITwinId iTwin, Member member, Instant now);

  /**
   * Removes a member. Fails with {@code ITwinNotFound}, {@code MemberNotFound}, {@code LastOwner}.
   */
  Outcome<Member> remove(ITwinId iTwin, Subject subject);
}
