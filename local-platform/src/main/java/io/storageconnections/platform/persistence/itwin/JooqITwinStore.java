package io.storageconnections.platform.persistence.itwin;

import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_DELETED_ITWIN;
import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_ITWIN;
import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_MEMBER;
import static org.jooq.impl.DSL.select;

import io.storageconnections.adapter.persistence.sql.PageQuery;
import io.storageconnections.adapter.persistence.sql.Transactions;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.platform.application.outcome.Failure.ITwinExists;
import io.storageconnections.platform.application.outcome.Failure.ITwinNotFound;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.port.ITwinFilter;
import io.storageconnections.platform.application.port.ITwinStore;
import io.storageconnections.platform.application.port.Order;
import io.storageconnections.platform.domain.itwin.ITwin;
import io.storageconnections.platform.domain.itwin.ITwinAccount;
import io.storageconnections.platform.domain.itwin.ITwinProperties;
import io.storageconnections.platform.domain.itwin.ITwinStatus;
import io.storageconnections.platform.domain.itwin.ITwinSubClass;
import io.storageconnections.platform.domain.member.Member;
import io.storageconnections.platform.domain.member.Role;
import io.storageconnections.platform.domain.member.Subject;
import io.storageconnections.platform.persistence.member.MemberRows;
import io.storageconnections.platform.persistence.schema.tables.LocalPlatformDeletedItwin;
import io.storageconnections.platform.persistence.schema.tables.LocalPlatformItwin;
import io.storageconnections.platform.persistence.sql.PlatformConstraints;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SortOrder;
import org.jspecify.annotations.Nullable;

/** Stores iTwins with jOOQ. Thread-safe. */
public record JooqITwinStore(Transactions transactions) implements ITwinStore {

  private static final LocalPlatformItwin ITWIN = LOCAL_PLATFORM_ITWIN;
  private static final LocalPlatformDeletedItwin DELETED = LOCAL_PLATFORM_DELETED_ITWIN;

  @Override
  public Outcome<ITwin> add(ITwin iTwin, Subject owner) {
    return transactions.run(
        "adding iTwin " + iTwin.id(),
        () ->
            unlessNumberTaken(() ->
                transactions.inTransaction(transaction -> {
                  ITwinRows.insert(transaction, iTwin);
                  MemberRows.insert(
                      transaction, iTwin.id(), new Member(owner, Role.OWNER), iTwin.created());
                  return Outcome.success(iTwin);
                })));
  }

  /** Runs a change, unless it violates the unique constraint on (creator, subclass, number). */
  private static Outcome<ITwin> unlessNumberTaken(Supplier<Outcome<ITwin>> change) {
    return Transactions.unlessViolated(
        PlatformConstraints.ITWIN_NUMBER, change, () -> Outcome.failed(new ITwinExists()));
  }

  @Override
  public Optional<ITwin> find(ITwinId id) {
    return transactions.run(
        "reading iTwin " + id,
        () ->
            transactions
                .dsl()
                .selectFrom(ITWIN)
                .where(isPresent(id))
                .fetchOptional(JooqITwinStore::iTwin));
  }

  @Override
  public boolean isKnown(ITwinId id) {
    return transactions.run(
        "reading whether iTwin " + id + " is known",
        () ->
            transactions.dsl().fetchExists(ITWIN, ITWIN.ITWIN_ID.eq(id.value()))
                || transactions.dsl().fetchExists(DELETED, DELETED.ITWIN_ID.eq(id.value())));
  }

  @Override
  public Page<ITwin> list(
      ITwinFilter filter, @Nullable Subject member, Order<SortKey> order, PageRequest page) {
    return transactions.run(
        "listing iTwins",
        () ->
            PageQuery.read(
                transactions.dsl(),
                ITWIN,
                matches(filter, member),
                page,
                JooqITwinStore::iTwin,
                column(order.by()).sort(order.isDescending() ? SortOrder.DESC : SortOrder.ASC),
                ITWIN.ITWIN_ID));
  }

  private static Field<?> column(SortKey key) {
    return switch (key) {
      case CREATED -> ITWIN.CREATED_AT;
      case DISPLAY_NAME -> ITWIN.DISPLAY_NAME;
      case NUMBER -> ITWIN.NUMBER;
    };
  }

  private static Condition matches(ITwinFilter filter, @Nullable Subject member) {
    var status = filter.status();
    var condition = ITWIN.IS_DELETING.isFalse();
    if (member != null) {
      condition =
          condition.and(
              ITWIN.ITWIN_ID.in(
                  select(LOCAL_PLATFORM_MEMBER.ITWIN_ID)
                      .from(LOCAL_PLATFORM_MEMBER)
                      .where(LOCAL_PLATFORM_MEMBER.SUBJECT.eq(member.value()))));
    }
    if (status != null) {
      condition = condition.and(ITWIN.STATUS.eq(status.toString()));
    } else if (!filter.includeInactive()) {
      condition = condition.and(ITWIN.STATUS.eq(ITwinStatus.ACTIVE.toString()));
    }
    if (filter.subClass() != null) {
      condition = condition.and(ITWIN.SUB_CLASS.eq(filter.subClass().toString()));
    }
    if (filter.displayName() != null) {
      condition = condition.and(ITWIN.DISPLAY_NAME.eq(filter.displayName()));
    }
    if (filter.number() != null) {
      condition = condition.and(ITWIN.NUMBER.eq(filter.number()));
    }
    if (filter.type() != null) {
      condition = condition.and(ITWIN.TYPE.eq(filter.type()));
    }
    if (filter.parent() != null) {
      condition =
          condition.and(
              filter.parent().equals(ITwinAccount.ID)
                  ? ITWIN.PARENT_ID.isNull()
                  : ITWIN.PARENT_ID.eq(filter.parent().value()));
    }
    if (filter.search() != null) {
      condition =
          condition.and(
              ITWIN
                  .DISPLAY_NAME
                  .containsIgnoreCase(filter.search())
                  .or(ITWIN.NUMBER.containsIgnoreCase(filter.search())));
    }
    return condition;
  }

  @Override
  public Outcome<ITwin> update(ITwinId id, Function<ITwin, Outcome<ITwin>> change) {
    return transactions.run(
        "changing iTwin " + id,
        () ->
            unlessNumberTaken(() ->
                transactions.inTransaction(transaction ->
                    Outcome.of(
                            transaction
                                .selectFrom(ITWIN)
                                .where(isPresent(id))
                                .forUpdate()
                                .fetchOptional(JooqITwinStore::iTwin),
                            new ITwinNotFound())
                        .flatMap(change)
                        .map(changed -> {
                          transaction
                              .update(ITWIN)
                              .set(ITwinRows.changeable(changed))
                              .where(isPresent(id))
                              .execute();
                          return changed;
                        }))));
  }

  @Override
  public boolean beginDeletion(ITwinId id) {
    return transactions.run(
            "marking iTwin " + id + " as being deleted",
            () ->
                transactions
                    .dsl()
                    .update(ITWIN)
                    .set(ITWIN.IS_DELETING, true)
                    .setNull(ITWIN.NUMBER)
                    .where(isPresent(id))
                    .execute())
        > 0;
  }

  @Override
  public List<ITwinId> beingDeleted() {
    return transactions.run(
        "listing the iTwins being deleted",
        () ->
            transactions
                .dsl()
                .select(ITWIN.ITWIN_ID)
                .from(ITWIN)
                .where(ITWIN.IS_DELETING.isTrue())
                .fetch(row -> new ITwinId(row.value1())));
  }

  @Override
  public void remove(ITwinId id) {
    var unused =
        transactions.transaction(
            "removing iTwin " + id,
            transaction -> {
              transaction
                  .deleteFrom(LOCAL_PLATFORM_MEMBER)
                  .where(LOCAL_PLATFORM_MEMBER.ITWIN_ID.eq(id.value()))
                  .execute();
              var removed =
                  transaction
                      .deleteFrom(ITWIN)
                      .where(ITWIN.ITWIN_ID.eq(id.value()))
                      .and(ITWIN.IS_DELETING.isTrue())
                      .execute();
              // Another node may have removed the iTwin.
              if (removed > 0) {
                transaction.insertInto(DELETED).set(DELETED.ITWIN_ID, id.value()).execute();
              }
              return removed;
            });
  }

  private static Condition isPresent(ITwinId id) {
    return ITWIN.ITWIN_ID.eq(id.value()).and(ITWIN.IS_DELETING.isFalse());
  }

  private static ITwin iTwin(Record row) {
    UUID parent = row.get(ITWIN.PARENT_ID);
    return new ITwin(
        new ITwinId(row.get(ITWIN.ITWIN_ID)),
        new ITwinProperties(
            ITwinSubClass.parse(row.get(ITWIN.SUB_CLASS)),
            row.get(ITWIN.DISPLAY_NAME),
            row.get(ITWIN.NUMBER),
            row.get(ITWIN.TYPE),
            row.get(ITWIN.GEOGRAPHIC_LOCATION),
            row.get(ITWIN.IANA_TIME_ZONE),
            row.get(ITWIN.DATA_CENTER_LOCATION),
            ITwinStatus.parse(row.get(ITWIN.STATUS)),
            parent == null ? null : new ITwinId(parent)),
        row.get(ITWIN.CREATED_BY),
        row.get(ITWIN.CREATED_AT),
        row.get(ITWIN.MODIFIED_BY),
        row.get(ITWIN.MODIFIED_AT));
  }
}
