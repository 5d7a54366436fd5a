package io.storageconnections.platform.persistence.member;

import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_MEMBER;

import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.platform.domain.member.Member;
import io.storageconnections.platform.persistence.schema.tables.LocalPlatformMember;
import java.time.Instant;
import org.jooq.DSLContext;

/** Writes the rows of members, in a transaction of the caller. */
public final class MemberRows {

  private static final LocalPlatformMember MEMBER = LOCAL_PLATFORM_MEMBER;

  private MemberRows() {}

  /** Adds a member. */
  public static void insert(DSLContext dsl, ITwinId iTwin, Member member, Instant now) {
    dsl.insertInto(MEMBER)
        .set(MEMBER.ITWIN_ID, iTwin.value())
        .set(MEMBER.SUBJECT, member.subject().value())
        .set(MEMBER.ROLE, member.role().toString())
        .set(MEMBER.ADDED_AT, now)
        .execute();
  }
}
