package io.storageconnections.adapter.persistence.sql;

import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.OrderField;
import org.jooq.Record;
import org.jooq.Table;

/** How a part of a list is read. */
public final class PageQuery {

  private PageQuery() {}

  public static <R extends Record, T> Page<T> read(
      DSLContext dsl,
      Table<R> table,
      Condition condition,
      PageRequest slice,
      Function<R, T> item,
      OrderField<?>... order) {
    var rows =
        dsl.selectFrom(table)
            .where(condition)
            .orderBy(order)
            .offset(slice.skip())
            // One more than asked for tells whether there are more.
            .limit(slice.top() + 1)
            .fetch();
    var items = rows.stream().limit(slice.top()).map(item).toList();
    // Who skips more than there is, is told how much there is; for all others nobody counts.
    var preceding =
        items.isEmpty() && slice.skip() > 0 ? dsl.fetchCount(table, condition) : slice.skip();
    return new Page<>(items, preceding, rows.size() > slice.top());
  }
}
