package io.storageconnections.adapter.persistence;

import io.storageconnections.application.port.StoreException;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.tools.jdbc.JDBCUtils;

/** How this adapter speaks to a database, and how it hears that a unique constraint said no. */
final class Sql {

  private static final String UNIQUE_VIOLATION = "23505";

  private Sql() {}

  /**
   * A jOOQ context that speaks the dialect of the database behind {@code dataSource}.
   *
   * @throws DataAccessException if the database cannot be reached to ask which one it is
   */
  static DSLContext on(DataSource dataSource) {
    // Unquoted names mean the same table to a database that folds to lower case and one that folds
    // to upper case.
    var settings =
        new Settings().withRenderQuotedNames(RenderQuotedNames.EXPLICIT_DEFAULT_UNQUOTED);
    try (var connection = dataSource.getConnection()) {
      return DSL.using(dataSource, JDBCUtils.dialect(connection), settings);
    } catch (SQLException e) {
      throw new DataAccessException("connecting to the database", e);
    }
  }

  /** Exactly this SQLSTATE: class 23 also holds what would be a fault of ours. */
  static boolean isUniqueViolation(DataAccessException failure) {
    return UNIQUE_VIOLATION.equals(failure.sqlState());
  }

  /** The one place where a failure of the database becomes one of the port. */
  static <T> T answering(String doing, Supplier<T> statements) {
    try {
      return statements.get();
    } catch (DataAccessException failure) {
      throw new StoreException(doing, failure);
    }
  }
}
