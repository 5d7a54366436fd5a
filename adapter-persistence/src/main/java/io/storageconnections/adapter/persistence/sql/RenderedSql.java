package io.storageconnections.adapter.persistence.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jspecify.annotations.Nullable;

/**
 * The texts of frequent queries. jOOQ renders the text of each shape once; later calls only bind
 * values, which saves about half of the CPU time of such a query in this process. Thread-safe.
 */
public final class RenderedSql {

  private final Map<Object, String> texts = new ConcurrentHashMap<>();

  /**
   * Executes a query.
   *
   * @param shape equal for queries that differ only in their values; few different shapes occur
   * @param query builds the query, to render its text
   * @param columns the columns of the result
   * @param values the values of all parameters in the order in which the query renders them, each a
   *     UUID, a text, a number, a boolean or an instant; a null is that of a text
   * @return the rows
   */
  public List<Record> fetch(
      DSLContext dsl,
      Object shape,
      Supplier<? extends ResultQuery<?>> query,
      List<? extends Field<?>> columns,
      List<? extends @Nullable Object> values) {
    var text = texts.computeIfAbsent(shape, unknown -> query.get().getSQL());
    return dsl.connectionResult(jdbc -> {
      try (var statement = jdbc.prepareStatement(text)) {
        bind(statement, values);
        try (var rows = statement.executeQuery()) {
          return List.copyOf(dsl.fetch(rows, columns.toArray(Field<?>[]::new)));
        }
      }
    });
  }

  private static void bind(PreparedStatement statement, List<? extends @Nullable Object> values)
      throws SQLException {
    int index = 1;
    for (var value : values) {
      bind(statement, index, value);
      index++;
    }
  }

  /**
   * Binds one value of a kind that {@link #fetch} accepts.
   *
   * @param index the place of the parameter, from 1
   */
  public static void bind(PreparedStatement statement, int index, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> statement.setNull(index, Types.VARCHAR);
      case Instant instant -> statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
      default -> statement.setObject(index, value);
    }
  }
}
