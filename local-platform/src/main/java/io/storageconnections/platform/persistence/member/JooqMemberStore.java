package io.storageconnections.platform.persistence.member;

import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_ITWIN;
import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_MEMBER;

import io.storageconnections.adapter.persistence.sql.Transactions;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.platform.application.outcome.Failure.ITwinNotFound;
import io.storageconnections.platform.application.outcome.Failure.LastOwner;
import io.storageconnections.platform.application.outcome.Failure.MemberNotFound;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.port.MemberStore;
import io.storageconnections.platform.domain.member.Member;
import io.storageconnections.platform.domain.member.Role;
import io.storageconnections.platform.domain.member.Subject;
import io.storageconnections.platform.persistence.schema.tables.LocalPlatformItwin;
import io.storageconnections.platform.persistence.schema.tables.LocalPlatformMember;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;

/**
 * Stores members with jOOQ. The row of the iTwin is locked while its members change, so that two
 * owners who remove each other at the same time do not both succeed. Thread-safe.
 */
public record JooqMemberStore(Transactions transactions) implements MemberStore {

  private static final LocalPlatformItwin ITWIN = LOCAL_PLATFORM_ITWIN;
  private static final LocalPlatformMember MEMBER = LOCAL_PLATFORM_MEMBER;

  @Override
  public Optional<Role> roleOf(ITwinId iTwin, Subject subject) {
    return transactions.run(
        "reading the role of a member of iTwin " + iTwin,
        () ->
            transactions
                .dsl()
                .select(MEMBER.ROLE)
                .from(MEMBER)
                .join(ITWIN)
                .on(ITWIN.ITWIN_ID.eq(MEMBER.ITWIN_ID))
                .where(is(iTwin, subject))
                .and(ITWIN.IS_DELETING.isFalse())
                .fetchOptional(row -> Role.parse(row.value1())));
  }

  @Override
  public List<Member> list(ITwinId iTwin) {
    return transactions.run(
        "listing the members of iTwin " + iTwin,
        () ->
            transactions
                .dsl()
                .selectFrom(MEMBER)
                .where(MEMBER.ITWIN_ID.eq(iTwin.value()))
                .orderBy(MEMBER.ADDED_AT, MEMBER.SUBJECT)
                .fetch(row -> new Member(new Subject(row.get(MEMBER.SUBJECT)), role(row))));
  }

  @Override
  public Outcome<Member> put(ITwinId iTwin, Member member, Instant now) {
    return change(
        iTwin,
        transaction -> {
          var old = roleOf(transaction, iTwin, member.subject());
          if (old.isEmpty()) {
            MemberRows.insert(transaction, iTwin, member, now);
            return Outcome.success(member);
          }
          if (member.role() != Role.OWNER && isLastOwner(transaction, iTwin, old.get())) {
            return Outcome.failed(new LastOwner());
          }
          transaction
              .update(MEMBER)
              .set(MEMBER.ROLE, member.role().toString())
              .where(is(iTwin, member.subject()))
              .execute();
          return Outcome.success(member);
        });
  }

  @Override
  public Outcome<Member> remove(ITwinId iTwin, Subject subject) {
    return change(
        iTwin,
        transaction -> {
          var old = roleOf(transaction, iTwin, subject);
          if (old.isEmpty()) {
            return Outcome.failed(new MemberNotFound());
          }
          if (isLastOwner(transaction, iTwin, old.get())) {
            return Outcome.failed(new LastOwner());
          }
          transaction.deleteFrom(MEMBER).where(is(iTwin, subject)).execute();
          return Outcome.success(new Member(subject, old.get()));
        });
  }

  private Outcome<Member> change(ITwinId iTwin, Function<DSLContext, Outcome<Member>> change) {
    return transactions.transaction(
        "changing the members of iTwin " + iTwin,
        transaction -> {
          var locked =
              transaction
                  .select(ITWIN.ITWIN_ID)
                  .from(ITWIN)
                  .where(ITWIN.ITWIN_ID.eq(iTwin.value()))
                  .and(ITWIN.IS_DELETING.isFalse())
                  .forUpdate()
                  .fetchOptional();
          return locked.isEmpty() ? Outcome.failed(new ITwinNotFound()) : change.apply(transaction);
        });
  }

  private static boolean isLastOwner(DSLContext transaction, ITwinId iTwin, Role role) {
    return role == Role.OWNER
        && transaction.fetchCount(
                MEMBER,
                MEMBER.ITWIN_ID.eq(iTwin.value()).and(MEMBER.ROLE.eq(Role.OWNER.toString())))
            == 1;
  }

  private static Optional<Role> roleOf(DSLContext transaction, ITwinId iTwin, Subject subject) {
    return transaction
        .selectFrom(MEMBER)
        .where(is(iTwin, subject))
        .fetchOptional(JooqMemberStore::role);
  }

  private static Role role(org.jooq.Record row) {
    return Role.parse(row.get(MEMBER.ROLE));
  }

  private static Condition is(ITwinId iTwin, Subject subject) {
    return MEMBER.ITWIN_ID.eq(iTwin.value()).and(MEMBER.SUBJECT.eq(subject.value()));
  }
}
