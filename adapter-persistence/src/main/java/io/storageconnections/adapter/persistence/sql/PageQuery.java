package io.storageconnections.adapter.persistence.sql;

import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.OrderField;
import org.jooq.Record;
import org.jooq.Table;

/** Reads one page of a list from a table. */
public final class PageQuery {

  private PageQuery() {}

  /**
   * Reads the page that {@code request} selects.
   *
   * @param dsl the connection or transaction to read with
   * @param condition selects the rows of the list
   * @param item converts a row into an entry of the page
   * @param order the columns by which the list is sorted; together unique
   */
  public static <R extends Record, T> Page<T> read(
      DSLContext dsl,
      Table<R> table,
      Condition condition,
      PageRequest request,
      Function<R, T> item,
      OrderField<?>... order) {
    var rows =
        dsl.selectFrom(table)
            .where(condition)
            .orderBy(order)
            .offset(request.skip())
            // One row more than the page needs tells whether entries follow the page.
            .limit(request.top() + 1)
            .fetch();
    var items = rows.stream().limit(request.top()).map(item).toList();
    // Counting rows is expensive and only needed if the caller skips at least the whole list: the
    // page then reports the length of the list.
    var preceding =
        items.isEmpty() && request.skip() > 0 ? dsl.fetchCount(table, condition) : request.skip();
    return new Page<>(items, preceding, rows.size() > request.top());
  }
}
