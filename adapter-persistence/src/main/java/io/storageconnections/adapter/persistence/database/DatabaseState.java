package io.storageconnections.adapter.persistence.database;

import static org.jooq.impl.DSL.field;

import io.storageconnections.adapter.persistence.sql.SqlFailure;
import io.storageconnections.application.port.StoreException;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * What a database says about itself, as far as it decides whether the database can be used. Known
 * before there are tables.
 *
 * @param schema where unqualified names lead; null if that schema does not exist
 * @param encoding what the database stores characters as
 * @param role who is connected
 */
public record DatabaseState(
    boolean isReadOnly,
    @Nullable String schema,
    String encoding,
    boolean mayCreateTables,
    String role) {

  private static final String UTF8 = "UTF8";

  /**
   * Asks a database.
   *
   * @throws StoreException if it cannot be reached
   */
  public static DatabaseState of(DataSource dataSource, String doing) {
    try (var connection = dataSource.getConnection()) {
      return of(DSL.using(connection));
    } catch (SQLException | DataAccessException failure) {
      throw SqlFailure.of(failure).exception(doing, failure);
    }
  }

  /**
   * Asks a database.
   *
   * @throws DataAccessException if it cannot be reached
   */
  public static DatabaseState of(DSLContext dsl) {
    return dsl.family() == SQLDialect.POSTGRES
        ? dsl.select(
                field("current_setting('transaction_read_only') = 'on'", Boolean.class),
                field("current_schema()", String.class),
                field("current_setting('server_encoding')", String.class),
                field("has_schema_privilege(current_schema(), 'CREATE')", Boolean.class),
                field("current_user", String.class))
            .fetchSingle(row ->
                new DatabaseState(
                    row.value1(),
                    row.value2(),
                    row.value3(),
                    Boolean.TRUE.equals(row.value4()),
                    row.value5()))
        : dsl.select(field("readonly()", Boolean.class), field("current_user", String.class))
            .fetchSingle(
                row -> new DatabaseState(row.value1(), "PUBLIC", UTF8, true, row.value2()));
  }

  /**
   * Returns if every character can be stored and there is a schema for tables.
   *
   * @throws StoreException if not
   */
  public void requireSuitable(String doing) {
    if (!encoding.equals(UTF8)) {
      throw SqlFailure.ENCODING.exception(
          doing,
          "the database has the encoding "
              + encoding
              + ", which cannot store every character; move it to a database with the encoding "
              + UTF8);
    }
    if (schema == null) {
      throw SqlFailure.SCHEMA.exception(doing, (Throwable) null);
    }
  }

  /**
   * Returns if the database can be written to.
   *
   * @throws StoreException if not
   */
  public void requireWritable(String doing) {
    if (isReadOnly) {
      throw SqlFailure.READ_ONLY.exception(doing, (Throwable) null);
    }
  }

  /**
   * Returns if tables can be created.
   *
   * @throws StoreException if not
   */
  public void requireTableCreation(String doing) {
    if (!mayCreateTables) {
      throw SqlFailure.RIGHTS.exception(
          doing,
          "the role "
              + role
              + " may not create tables in the schema "
              + schema
              + "; run GRANT CREATE ON SCHEMA "
              + schema
              + " TO "
              + role
              + ", or run the command \"migrate\" as a role that may");
    }
  }
}
