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
 * The properties of a database that decide whether the store can use it. They can be read before
 * the tables exist.
 *
 * @param isReadOnly whether the database refuses changes
 * @param schema the schema of unqualified names; null if it does not exist
 * @param encoding the character encoding of the database
 * @param mayCreateTables whether the role may create tables in the schema
 * @param role the user of the connection
 */
public record DatabaseState(
    boolean isReadOnly,
    @Nullable String schema,
    String encoding,
    boolean mayCreateTables,
    String role) {

  private static final String UTF8 = "UTF8";

  /**
   * Reads the state of a database.
   *
   * @param doing what the store is asked to do, for the message of an exception
   * @throws StoreException if the database cannot be reached
   */
  public static DatabaseState of(DataSource dataSource, String doing) {
    try (var connection = dataSource.getConnection()) {
      return of(DSL.using(connection));
    } catch (SQLException | DataAccessException failure) {
      throw SqlFailure.of(failure).exception(doing, failure);
    }
  }

  /**
   * Reads the state of a database.
   *
   * @throws DataAccessException if the database cannot be reached
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
   * Checks that the database can store every character and has a schema for the tables.
   *
   * @param doing what the store is asked to do, for the message of an exception
   * @throws StoreException if the database cannot store every character, or the schema does not
   *     exist
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
   * Checks that the database accepts changes.
   *
   * @param doing what the store is asked to do, for the message of an exception
   * @throws StoreException if the database is read-only
   */
  public void requireWritable(String doing) {
    if (isReadOnly) {
      throw SqlFailure.READ_ONLY.exception(doing, (Throwable) null);
    }
  }

  /**
   * Returns the exception for a role that may not create tables.
   *
   * @param doing what the store is asked to do, for the message of the exception
   */
  public StoreException tableCreationRefused(String doing) {
    return SqlFailure.RIGHTS.exception(
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
