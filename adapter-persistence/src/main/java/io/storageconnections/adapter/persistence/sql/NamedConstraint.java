package io.storageconnections.adapter.persistence.sql;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jooq.exception.DataAccessException;

/**
 * A constraint whose violation an adapter handles.
 *
 * @param constraintName the name of the constraint in the migrations, in lower case
 * @param sqlState the SQLSTATE of a violation
 */
public record NamedConstraint(String constraintName, String sqlState) {

  // Other SQLSTATEs of class 23 (integrity constraint violation) are defects of an adapter.
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String FOREIGN_KEY_VIOLATION = "23503";

  /** Returns a unique constraint or a primary key. */
  public static NamedConstraint unique(String constraintName) {
    return new NamedConstraint(constraintName, UNIQUE_VIOLATION);
  }

  /** Returns a foreign key. */
  public static NamedConstraint foreignKey(String constraintName) {
    return new NamedConstraint(constraintName, FOREIGN_KEY_VIOLATION);
  }

  /** Returns whether a statement failed because it would violate exactly this constraint. */
  public boolean isViolatedBy(DataAccessException failure) {
    var cause = failure.getCause(SQLException.class);
    return cause != null
        && sqlState.equals(cause.getSQLState())
        && isNamedIn(String.valueOf(cause.getMessage()));
  }

  /**
   * Searches the names of the constraint, the index and the table. It reads nothing after them,
   * because the message continues with values from the caller, which could look like a name:
   * PostgreSQL writes them on the next line, H2 after the name of the table, which follows {@code
   * ON}.
   */
  private boolean isNamedIn(String message) {
    var line = message.lines().findFirst().orElse("").toLowerCase(Locale.ROOT);
    if (sqlState.equals(FOREIGN_KEY_VIOLATION)) {
      // PostgreSQL writes only names into this line, whose words differ in other languages.
      return List.of(line.split("[^a-z0-9_]+", -1)).contains(constraintName);
    }
    var parts = line.split(" on ", 2);
    for (var word : parts[0].split("[^a-z0-9_]+", -1)) {
      if (word.equals(constraintName) || isIndexInH2(word, parts)) {
        return true;
      }
    }
    return false;
  }

  /** H2 before version 2.4 names only the index, after the constraint or as a primary key. */
  private boolean isIndexInH2(String word, String[] parts) {
    return word.matches(constraintName + "_index_[0-9a-f]+")
        || (word.matches("primary_key(_[0-9a-f]+)?")
            && parts.length == 2
            && (table(parts[1]) + "_pk").equals(constraintName));
  }

  /** Returns the table of a text such as {@code public.storage_connection(id) values (1)}. */
  private static String table(String text) {
    var qualified = text.split("\\(", 2)[0];
    return qualified.substring(qualified.lastIndexOf('.') + 1);
  }
}
