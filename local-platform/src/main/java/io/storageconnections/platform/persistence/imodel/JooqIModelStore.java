package io.storageconnections.platform.persistence.imodel;

import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_IMODEL;
import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_ITWIN;
import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_MEMBER;
import static org.jooq.impl.DSL.falseCondition;

import io.storageconnections.adapter.persistence.sql.PageQuery;
import io.storageconnections.adapter.persistence.sql.Transactions;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.platform.application.outcome.Failure.IModelExists;
import io.storageconnections.platform.application.outcome.Failure.IModelNotFound;
import io.storageconnections.platform.application.outcome.Failure.ITwinNotFound;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.port.IModelStore;
import io.storageconnections.platform.application.port.Order;
import io.storageconnections.platform.domain.imodel.Extent;
import io.storageconnections.platform.domain.imodel.IModel;
import io.storageconnections.platform.domain.member.Role;
import io.storageconnections.platform.domain.member.Subject;
import io.storageconnections.platform.persistence.schema.tables.LocalPlatformImodel;
import io.storageconnections.platform.persistence.schema.tables.LocalPlatformItwin;
import io.storageconnections.platform.persistence.schema.tables.LocalPlatformMember;
import io.storageconnections.platform.persistence.sql.PlatformConstraints;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SortOrder;
import org.jspecify.annotations.Nullable;

/** Stores iModels with jOOQ. Thread-safe. */
public record JooqIModelStore(Transactions transactions) implements IModelStore {

  private static final LocalPlatformImodel IMODEL = LOCAL_PLATFORM_IMODEL;
  private static final LocalPlatformItwin ITWIN = LOCAL_PLATFORM_ITWIN;
  private static final LocalPlatformMember MEMBER = LOCAL_PLATFORM_MEMBER;

  private static final String DELETING = "deleting";

  @Override
  public Outcome<IModel> add(IModel iModel) {
    return transactions.run(
        "adding iModel " + iModel.id(),
        () ->
            unlessNameTaken(() ->
                transactions.inTransaction(transaction -> {
                  // The lock makes the deletion of the iTwin wait, or this statement find its mark.
                  var iTwin =
                      transaction
                          .select(ITWIN.ITWIN_ID)
                          .from(ITWIN)
                          .where(ITWIN.ITWIN_ID.eq(iModel.iTwin().value()))
                          .and(ITWIN.IS_DELETING.isFalse())
                          .forUpdate()
                          .fetchOptional();
                  if (iTwin.isEmpty()) {
                    return Outcome.failed(new ITwinNotFound());
                  }
                  IModelRows.insert(transaction, iModel);
                  return Outcome.success(iModel);
                })));
  }

  /** Runs a change, unless it violates the unique constraint on (iTwin, name). */
  private static Outcome<IModel> unlessNameTaken(Supplier<Outcome<IModel>> change) {
    return Transactions.unlessViolated(
        PlatformConstraints.IMODEL_NAME, change, () -> Outcome.failed(new IModelExists()));
  }

  @Override
  public Optional<Found> find(IModelId id, @Nullable Subject subject) {
    return transactions.run(
        "reading iModel " + id,
        () ->
            transactions
                .dsl()
                .select(IMODEL.asterisk(), MEMBER.ROLE)
                .from(IMODEL)
                .join(ITWIN)
                .on(ITWIN.ITWIN_ID.eq(IMODEL.ITWIN_ID).and(ITWIN.IS_DELETING.isFalse()))
                .leftJoin(MEMBER)
                .on(
                    subject == null
                        ? falseCondition()
                        : MEMBER
                            .ITWIN_ID
                            .eq(IMODEL.ITWIN_ID)
                            .and(MEMBER.SUBJECT.eq(subject.value())))
                .where(isActive(id))
                .fetchOptional(row -> new Found(iModel(row), role(row))));
  }

  private static @Nullable Role role(Record row) {
    String role = row.get(MEMBER.ROLE);
    return role == null ? null : Role.parse(role);
  }

  @Override
  public boolean isKnown(IModelId id) {
    return transactions.run(
        "reading whether iModel " + id + " is known",
        () -> transactions.dsl().fetchExists(IMODEL, IMODEL.IMODEL_ID.eq(id.value())));
  }

  @Override
  public Page<IModel> list(
      ITwinId iTwin,
      @Nullable String name,
      @Nullable String search,
      Order<SortKey> order,
      PageRequest page) {
    var condition = IMODEL.ITWIN_ID.eq(iTwin.value()).and(IMODEL.STATE.eq(IModelRows.ACTIVE));
    if (name != null) {
      condition = condition.and(IMODEL.NAME.eq(name));
    }
    if (search != null) {
      condition =
          condition.and(
              IMODEL
                  .NAME
                  .containsIgnoreCase(search)
                  .or(IMODEL.DESCRIPTION.containsIgnoreCase(search)));
    }
    var selected = condition;
    return transactions.run(
        "listing the iModels of iTwin " + iTwin,
        () ->
            PageQuery.read(
                transactions.dsl(),
                IMODEL,
                selected,
                page,
                JooqIModelStore::iModel,
                column(order.by()).sort(order.isDescending() ? SortOrder.DESC : SortOrder.ASC),
                IMODEL.IMODEL_ID));
  }

  private static Field<?> column(SortKey key) {
    return switch (key) {
      case NAME -> IMODEL.NAME;
      case CREATED -> IMODEL.CREATED_AT;
    };
  }

  @Override
  public Outcome<IModel> update(IModelId id, Function<IModel, Outcome<IModel>> change) {
    return transactions.run(
        "changing iModel " + id,
        () ->
            unlessNameTaken(() ->
                transactions.inTransaction(transaction ->
                    Outcome.of(
                            transaction
                                .selectFrom(IMODEL)
                                .where(isActive(id))
                                .forUpdate()
                                .fetchOptional(JooqIModelStore::iModel),
                            new IModelNotFound())
                        .flatMap(change)
                        .map(changed -> {
                          transaction
                              .update(IMODEL)
                              .set(IModelRows.changeable(changed))
                              .where(isActive(id))
                              .execute();
                          return changed;
                        }))));
  }

  @Override
  public boolean beginDeletion(IModelId id) {
    return transactions.run(
            "marking iModel " + id + " as being deleted",
            () ->
                transactions
                    .dsl()
                    .update(IMODEL)
                    .set(IMODEL.STATE, DELETING)
                    .setNull(IMODEL.NAME)
                    .where(isActive(id))
                    .execute())
        > 0;
  }

  @Override
  public List<IModelId> beingDeleted() {
    return ids("listing the iModels being deleted", IMODEL.STATE.eq(DELETING), Integer.MAX_VALUE);
  }

  @Override
  public List<IModelId> ofITwin(ITwinId iTwin, int max) {
    return ids(
        "listing the iModels of iTwin " + iTwin,
        IMODEL.ITWIN_ID.eq(iTwin.value()).and(IMODEL.STATE.in(IModelRows.ACTIVE, DELETING)),
        max);
  }

  @Override
  public List<IModelId> deletedSince(Instant time) {
    return ids(
        "listing the iModels deleted last",
        IMODEL.STATE.eq(IModelRows.DELETED).and(IMODEL.DELETED_AT.ge(time)),
        Integer.MAX_VALUE);
  }

  private List<IModelId> ids(String doing, Condition condition, int max) {
    return transactions.run(
        doing,
        () ->
            transactions
                .dsl()
                .select(IMODEL.IMODEL_ID)
                .from(IMODEL)
                .where(condition)
                .limit(max)
                .fetch(row -> new IModelId(row.value1())));
  }

  @Override
  public void endDeletion(IModelId id, Instant now) {
    var unused =
        transactions.run(
            "ending the deletion of iModel " + id,
            () ->
                transactions
                    .dsl()
                    .update(IMODEL)
                    .set(IMODEL.STATE, IModelRows.DELETED)
                    .set(IMODEL.DELETED_AT, now)
                    .setNull(IMODEL.NAME)
                    .setNull(IMODEL.DESCRIPTION)
                    .where(IMODEL.IMODEL_ID.eq(id.value()))
                    .and(IMODEL.STATE.ne(IModelRows.DELETED))
                    .execute());
  }

  private static Condition isActive(IModelId id) {
    return IMODEL.IMODEL_ID.eq(id.value()).and(IMODEL.STATE.eq(IModelRows.ACTIVE));
  }

  private static IModel iModel(Record row) {
    Double south = row.get(IMODEL.SOUTH);
    return new IModel(
        new IModelId(row.get(IMODEL.IMODEL_ID)),
        new ITwinId(row.get(IMODEL.ITWIN_ID)),
        row.get(IMODEL.NAME),
        row.get(IMODEL.DESCRIPTION),
        south == null
            ? null
            : new Extent(south, row.get(IMODEL.WEST), row.get(IMODEL.NORTH), row.get(IMODEL.EAST)),
        row.get(IMODEL.CREATED_BY),
        row.get(IMODEL.CREATED_AT));
  }
}
