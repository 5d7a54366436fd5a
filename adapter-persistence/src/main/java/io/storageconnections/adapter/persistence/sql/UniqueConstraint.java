package io.storageconnections.adapter.persistence.sql;

import java.sql.SQLException;
import java.util.Locale;
import org.jooq.exception.DataAccessException;

/** The unique constraints whose violation this adapter handles; the migrations name them. */
public enum UniqueConstraint {
  /** A Storage file is mapped to an iModel at most once. */
  FILE_MAPPED_ONCE("storage_connection_source_file_mapped_once"),
  /** A connection has one id. The ids are random, so that they do not collide. */
  CONNECTION_KEY("storage_connection_pk"),
  /** A source file has one id. The ids are random, so that they do not collide. */
  SOURCE_FILE_KEY("storage_connection_source_file_pk"),
  /** An iModel has one row with its iTwin. */
  IMODEL("storage_connection_imodel_pk"),
  /** An iModel has one row to lock. */
  IMODEL_LOCK("storage_connection_imodel_lock_pk");

  /** Exactly this SQLSTATE: other violations of class 23 are defects of this adapter. */
  private static final String UNIQUE_VIOLATION = "23505";

  private final String constraintName;

  UniqueConstraint(String constraintName) {
    this.constraintName = constraintName;
  }

  /** {@return the name of the constraint in the migrations} */
  public String constraintName() {
    return constraintName;
  }

  /** Returns whether a statement failed because it would violate exactly this constraint. */
  public boolean isViolatedBy(DataAccessException failure) {
    var cause = failure.getCause(SQLException.class);
    return cause != null
        && UNIQUE_VIOLATION.equals(cause.getSQLState())
        && names(String.valueOf(cause.getMessage()));
  }

  /**
   * Looks only at the part of the message that names the constraint, never at the part with the
   * values of the row, which come from the caller. PostgreSQL writes the values on the next line,
   * H2 after {@code ON}.
   */
  private boolean names(String message) {
    var head = message.lines().findFirst().orElse("").split(" ON ", 2)[0];
    for (var word : head.toLowerCase(Locale.ROOT).split("[^a-z0-9_]+", -1)) {
      // H2 adds an index, whose name has a suffix; the constraint's name stands before it.
      if (word.equals(constraintName)) {
        return true;
      }
    }
    return false;
  }
}
