package io.storageconnections.adapter.persistence.audit;

import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_AUDIT;
import static io.storageconnections.adapter.persistence.schema.Tables.STORAGE_CONNECTION_DELETED_IMODEL;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import io.storageconnections.adapter.persistence.schema.tables.StorageConnectionAudit;
import io.storageconnections.adapter.persistence.schema.tables.StorageConnectionDeletedImodel;
import io.storageconnections.application.port.AuditFilter;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.domain.audit.AuditAction;
import io.storageconnections.domain.audit.AuditEntry;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.Origin;
import io.storageconnections.domain.connection.RunId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jooq.CommonTableExpression;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.TableLike;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Inserts and reads entries of the audit trail, in the transaction of the change. It has no
 * statement that changes an entry.
 */
public final class AuditRows {

  private static final StorageConnectionAudit AUDIT = STORAGE_CONNECTION_AUDIT;
  private static final StorageConnectionDeletedImodel DELETED = STORAGE_CONNECTION_DELETED_IMODEL;

  /** The greatest number of rows per statement; databases limit the number of parameters. */
  private static final int ROWS_MAX = 1000;

  /** A page of entries ends with the entry that reaches this size of values, in bytes. */
  private static final int BYTES_OF_A_PAGE = 4_000_000;

  private static final Field<BigDecimal> BYTES_BEFORE =
      field(name("bytes_before"), BigDecimal.class);
  private static final Field<Integer> ENTRIES = field(name("entries"), Integer.class);

  private static final List<Field<?>> COLUMNS =
      List.of(
          AUDIT.IMODEL_ID,
          AUDIT.CHANGED_AT,
          AUDIT.ENTRY_ID,
          AUDIT.CONNECTION_ID,
          AUDIT.RUN_ID,
          AUDIT.CLIENT,
          AUDIT.SUBJECT,
          AUDIT.CORRELATION_ID,
          AUDIT.ACTION,
          AUDIT.VALUES_BEFORE,
          AUDIT.VALUES_AFTER);

  private static final List<OrderField<?>> NEWEST_FIRST =
      List.of(AUDIT.CHANGED_AT.desc(), AUDIT.ENTRY_ID.desc());

  private AuditRows() {}

  /** Inserts the entry of a change. */
  public static void insert(DSLContext transaction, AuditEntry entry) {
    insert(transaction, List.of(entry));
  }

  /** Inserts entries, each of another connection. */
  public static void insert(DSLContext transaction, List<AuditEntry> entries) {
    for (int from = 0; from < entries.size(); from += ROWS_MAX) {
      var insertion = transaction.insertInto(AUDIT, COLUMNS);
      for (var entry : entries.subList(from, Math.min(from + ROWS_MAX, entries.size()))) {
        insertion = insertion.values(fields(entry, time(entry)));
      }
      insertion.execute();
    }
  }

  /** Returns the insertion of the entry of a new connection as a part of another statement. */
  public static CommonTableExpression<?> insertionOfFirst(DSLContext dsl, AuditEntry entry) {
    return name("audit_insertion")
        .as(
            dsl.insertInto(AUDIT, COLUMNS)
                .values(fields(entry, val(entry.at(), AUDIT.CHANGED_AT)))
                .returning(AUDIT.ENTRY_ID));
  }

  /** Returns the values of {@link #insertionOfFirst}, in the order of its parameters. */
  public static List<@Nullable Object> valuesOfFirst(AuditEntry entry) {
    var values = new ArrayList<@Nullable Object>();
    values.add(entry.iModel().value());
    values.add(entry.at());
    values.addAll(valuesAfterTime(entry));
    return values;
  }

  /**
   * Returns the statement that inserts the entry of a change.
   *
   * @param condition tables of which each row inserts the entry; empty to insert it once
   */
  public static ResultQuery<?> insertion(
      DSLContext dsl, AuditEntry entry, List<? extends TableLike<?>> condition) {
    return dsl.insertInto(AUDIT, COLUMNS)
        .select(select(fields(entry, time(entry))).from(condition))
        .returning(AUDIT.ENTRY_ID);
  }

  /** Returns the values of {@link #insertion}, in the order of its parameters. */
  public static List<@Nullable Object> values(AuditEntry entry) {
    var values = new ArrayList<@Nullable Object>();
    values.add(entry.iModel().value());
    values.add(entry.at());
    values.add(entry.iModel().value());
    values.add(connection(entry));
    values.addAll(valuesAfterTime(entry));
    return values;
  }

  private static List<@Nullable Object> valuesAfterTime(AuditEntry entry) {
    var values = new ArrayList<@Nullable Object>();
    values.add(UUID.randomUUID());
    values.add(connection(entry));
    values.add(run(entry));
    values.add(entry.origin().client());
    values.add(entry.origin().subject());
    values.add(entry.origin().correlationId());
    values.add(entry.action().toString());
    values.add(entry.before());
    values.add(entry.after());
    return values;
  }

  private static List<Field<?>> fields(AuditEntry entry, Field<?> time) {
    var fields = new ArrayList<Field<?>>();
    fields.add(val(entry.iModel().value(), AUDIT.IMODEL_ID));
    fields.add(time);
    var others = COLUMNS.subList(2, COLUMNS.size());
    var values = valuesAfterTime(entry);
    for (int index = 0; index < others.size(); index++) {
      fields.add(parameter(values.get(index), others.get(index)));
    }
    return fields;
  }

  private static <T> Field<T> parameter(@Nullable Object value, Field<T> column) {
    return val(value, column);
  }

  /**
   * Returns the time of an entry, which is after the latest entry of its connection: the clocks of
   * two nodes differ. The change has locked its row, so that no other change of the row follows
   * that entry.
   */
  private static Field<?> time(AuditEntry entry) {
    var at = val(entry.at(), AUDIT.CHANGED_AT);
    if (entry.connection() == null) {
      return at;
    }
    var latest =
        select(max(AUDIT.CHANGED_AT))
            .from(AUDIT)
            .where(AUDIT.IMODEL_ID.eq(entry.iModel().value()))
            .and(AUDIT.CONNECTION_ID.eq(connection(entry)));
    return field(
        // H2 returns null if an argument is null.
        "greatest({0}, coalesce(({1}) + interval '0.000001' second,"
            + " timestamp with time zone '1970-01-01 00:00:00+00:00'))",
        AUDIT.CHANGED_AT.getDataType(), at, latest);
  }

  private static @Nullable UUID connection(AuditEntry entry) {
    var connection = entry.connection();
    return connection == null ? null : connection.connection();
  }

  private static @Nullable UUID run(AuditEntry entry) {
    var run = entry.run();
    return run == null ? null : run.value();
  }

  /**
   * Reads a page of entries, the newest first. The page ends early if its entries are too large for
   * the memory of the server.
   */
  public static Page<AuditEntry> list(DSLContext dsl, AuditFilter filter, PageRequest request) {
    var page =
        select(AUDIT.fields())
            .from(AUDIT)
            .where(matches(filter))
            .orderBy(NEWEST_FIRST)
            .offset(request.skip())
            // One row more than the page needs tells whether entries follow the page.
            .limit(request.top() + 1)
            .asTable(AUDIT);
    var bytes =
        DSL.coalesce(DSL.octetLength(AUDIT.VALUES_BEFORE), 0)
            .plus(DSL.coalesce(DSL.octetLength(AUDIT.VALUES_AFTER), 0));
    var summed =
        select(AUDIT.fields())
            .select(DSL.count().over().as(ENTRIES))
            .select(DSL.sum(bytes).over(DSL.orderBy(NEWEST_FIRST)).minus(bytes).as(BYTES_BEFORE))
            .from(page)
            .asTable(AUDIT);
    var rows =
        dsl.select(AUDIT.fields())
            .select(ENTRIES)
            .from(summed)
            .where(BYTES_BEFORE.lt(BigDecimal.valueOf(BYTES_OF_A_PAGE)))
            .orderBy(NEWEST_FIRST)
            .fetch();
    var items = rows.stream().limit(request.top()).map(AuditRows::entry).toList();
    var preceding =
        items.isEmpty() && request.skip() > 0
            ? dsl.fetchCount(AUDIT, matches(filter))
            : request.skip();
    var more = !items.isEmpty() && rows.getFirst().get(ENTRIES) > items.size();
    return new Page<>(items, preceding, more);
  }

  private static Condition matches(AuditFilter filter) {
    var ofIModel = AUDIT.IMODEL_ID.eq(filter.iModel().value());
    var connection = filter.connection();
    return connection == null
        ? ofIModel
        : ofIModel.and(AUDIT.CONNECTION_ID.eq(connection.connection()));
  }

  private static AuditEntry entry(Record row) {
    var iModel = new IModelId(row.get(AUDIT.IMODEL_ID));
    var connection = row.get(AUDIT.CONNECTION_ID);
    var run = row.get(AUDIT.RUN_ID);
    return new AuditEntry(
        row.get(AUDIT.CHANGED_AT),
        new Origin(row.get(AUDIT.CLIENT), row.get(AUDIT.SUBJECT), row.get(AUDIT.CORRELATION_ID)),
        AuditAction.parse(row.get(AUDIT.ACTION)),
        iModel,
        connection == null ? null : new ConnectionId(iModel, connection),
        run == null ? null : new RunId(run),
        row.get(AUDIT.VALUES_BEFORE),
        row.get(AUDIT.VALUES_AFTER));
  }

  /** Deletes at most {@code max} entries of iModels that were marked as deleted before a time. */
  public static int deleteOfDeletedIModels(DSLContext dsl, Instant deletedBefore, int max) {
    return dsl.deleteFrom(AUDIT)
        .where(
            row(AUDIT.IMODEL_ID, AUDIT.CHANGED_AT, AUDIT.ENTRY_ID)
                .in(
                    select(AUDIT.IMODEL_ID, AUDIT.CHANGED_AT, AUDIT.ENTRY_ID)
                        .from(AUDIT)
                        .join(DELETED)
                        .on(DELETED.IMODEL_ID.eq(AUDIT.IMODEL_ID))
                        .where(DELETED.DELETED_AT.lt(deletedBefore.atOffset(ZoneOffset.UTC)))
                        .limit(max)))
        .execute();
  }
}
