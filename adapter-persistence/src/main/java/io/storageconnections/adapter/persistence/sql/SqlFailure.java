package io.storageconnections.adapter.persistence.sql;

import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.port.StoreException.Reason;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.OverlappingFileLockException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of a failure of the database: its reason in the terms of the port, and what the
 * operator can do. Only this class interprets SQLSTATEs, except those of conflicts and of failed
 * transactions of a host, which {@link Transactions} and {@link NamedConstraint} handle.
 */
public enum SqlFailure {
  UNREACHABLE(
      Reason.UNREACHABLE,
      "the database cannot be reached, or the connection to it broke; check that it runs and that"
          + " the network to it works"),
  CLOSED(
      Reason.DISK,
      "the embedded database closed itself, which it does when it cannot use its disk; check the"
          + " free space; the server opens it again"),
  IN_USE(
      Reason.UNREACHABLE,
      "another process has the embedded database open; end it, or use another data folder"),
  BUSY(
      Reason.BUSY,
      "the database has no capacity; check its limits of connections and memory, and what holds"
          + " its locks"),
  READ_ONLY(
      Reason.READ_ONLY,
      "the database is read-only; make it writable (check for a standby, for"
          + " default_transaction_read_only, or for a file without write permission)"),
  DISK(
      Reason.DISK,
      "the database cannot read or write its disk; check the free space and the health of the"
          + " disk"),
  RIGHTS(
      Reason.MISCONFIGURED,
      "the database role lacks a right; grant it SELECT, INSERT, UPDATE and DELETE on the tables"
          + " storage_connection... and local_platform..., and CREATE on their schema if the server"
          + " migrates"),
  LOGIN(
      Reason.MISCONFIGURED,
      "the database refuses the user or the password; correct them, or what pg_hba.conf allows"),
  URL(Reason.MISCONFIGURED, "the URL of the database is not valid; correct it"),
  NO_DATABASE(Reason.MISCONFIGURED, "the database does not exist; create it or correct its URL"),
  SCHEMA(
      Reason.MISCONFIGURED,
      "the schema does not exist; create it, or correct currentSchema or search_path"),
  TABLES(
      Reason.MISCONFIGURED,
      "a table or a column does not exist in the schema; run the command \"migrate\" and check the"
          + " schema in the URL"),
  ENCODING(
      Reason.MISCONFIGURED,
      "the database cannot store every character; move it to a database with the encoding UTF8"),
  DAMAGED(Reason.MISCONFIGURED, "the database is damaged; restore it from a backup"),
  REFUSED(
      Reason.MISCONFIGURED,
      "the database refused the statement for a reason that the server does not know; read its"
          + " message, and look for triggers and rules of your own"),
  DEFECT(Reason.DEFECT, "the database refused a statement; report this as a defect");

  private static final List<String> H2_CLOSED =
      // Database closed, call during shutdown, object closed, connection broken.
      List.of("90098", "90121", "90007", "90067");

  private final Reason reason;
  private final String advice;

  SqlFailure(Reason reason, String advice) {
    this.reason = reason;
    this.advice = advice;
  }

  /**
   * Returns the meaning of {@code failure}: that of the first SQLSTATE among the failure and its
   * causes.
   */
  public static SqlFailure of(Throwable failure) {
    var state = state(failure);
    var known = of(state);
    if (isPoolExhausted(failure)) {
      return BUSY;
    }
    if (known == IN_USE && hasCause(failure, OverlappingFileLockException.class)) {
      // This process itself still holds the file's lock, because the database is closing.
      return CLOSED;
    }
    if (!isStorageErrorOfH2(state)) {
      return known;
    }
    if (isNetworkError(failure)) {
      return UNREACHABLE;
    }
    // H2 reports a failed file operation as a general error, or as a closed database.
    return hasCause(failure, IOException.class) ? DISK : known;
  }

  /** Returns the meaning of a SQLSTATE; an empty one means that the database did not answer. */
  private static SqlFailure of(String state) {
    return switch (state) {
      case "25006", "90097" -> READ_ONLY;
      case "42501", "90096" -> RIGHTS;
      case "3D000", "90013", "90146" -> NO_DATABASE;
      case "3F000", "90079" -> SCHEMA;
      case "42P01", "42703", "42S02", "42S03", "42S04", "42S22" -> TABLES;
      case "22021", "22P05" -> ENCODING;
      case "XX001", "XX002", "90030", "90048" -> DAMAGED;
      // The codes of H2 mean that it cannot create, read or write a file, or that the disk is full.
      case "53100", "58030", "90062", "90028", "90031", "90100" -> DISK;
      case "90020" -> IN_USE;
      // PostgreSQL: an invalid value. H2: a path that is relative, a malformed URL, a property that
      // occurs twice, an unknown setting.
      case "22023", "90011", "90046", "90066", "90113" -> URL;
      // Lock timeout of PostgreSQL and of H2, statement timeout.
      case "55P03", "HYT00", "57014" -> BUSY;
      default -> H2_CLOSED.contains(state) ? CLOSED : ofClass(state);
    };
  }

  private static SqlFailure ofClass(String state) {
    return switch (state.substring(0, Math.min(2, state.length()))) {
      case "28" -> LOGIN;
      case "40", "53" -> BUSY;
      case "0A", "21", "22", "23", "42", "54" -> DEFECT;
      // Exceptions of triggers, objects in a wrong state, invalid transactions and statements.
      case "25", "26", "38", "39", "55", "F0", "P0" -> REFUSED;
      // Lost connections (see isConnectionLost), 58, XX000 (which connection poolers use), and
      // codes of H2 that this class does not know.
      default -> UNREACHABLE;
    };
  }

  /** 08: connection exception. 57P: the server shut down, crashed, or ended the session. */
  private static boolean isConnectionLost(String state) {
    return state.startsWith("08") || state.startsWith("57P");
  }

  /**
   * Returns whether a pool had no free connection until its timeout. If a pool cannot connect to
   * the database, its exception has the SQLSTATE of the driver.
   */
  public static boolean isPoolExhausted(Throwable failure) {
    return state(failure).isEmpty() && hasCause(failure, SQLTransientConnectionException.class);
  }

  /** Returns the first SQLSTATE among the failure and its causes; empty if there is none. */
  private static String state(Throwable failure) {
    return causes(failure)
        .filter(SQLException.class::isInstance)
        .map(cause -> Optional.ofNullable(((SQLException) cause).getSQLState()))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse("");
  }

  private static boolean isStorageErrorOfH2(String state) {
    return state.equals("HY000") || H2_CLOSED.contains(state);
  }

  /** Failures of the network are also instances of {@link IOException}. */
  private static boolean isNetworkError(Throwable failure) {
    return hasCause(failure, SocketException.class)
        || hasCause(failure, UnknownHostException.class);
  }

  private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
    return causes(failure).anyMatch(type::isInstance);
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(20);
  }

  /**
   * Returns whether the session is unusable after this failure, although its connection may still
   * look open: the network connection broke, the server ended the session, or the embedded database
   * closed itself.
   */
  public static boolean endsSession(SQLException failure) {
    var state = String.valueOf(failure.getSQLState());
    return switch (of(failure)) {
      case CLOSED -> true;
      // H2 closes the database after such a failure; PostgreSQL keeps its sessions.
      case DISK -> isStorageErrorOfH2(state) || state.startsWith("90");
      default -> isConnectionLost(state) || H2_CLOSED.contains(state);
    };
  }

  /**
   * Returns the exception of the port for a failure with this meaning.
   *
   * @param doing what the store was asked to do, for the message
   * @param cause the failure; null if the adapter itself found the problem
   */
  public StoreException exception(String doing, @Nullable Throwable cause) {
    return new StoreException(reason, doing, advice, cause);
  }

  /**
   * Returns the exception of the port for a failure with this meaning that the adapter itself
   * found.
   *
   * @param doing what the store was asked to do, for the message
   * @param preciseAdvice replaces the general advice for this meaning
   */
  public StoreException exception(String doing, String preciseAdvice) {
    return new StoreException(reason, doing, preciseAdvice, null);
  }

  /** {@return whether a retry can succeed although the operator does nothing} */
  public boolean isTransient() {
    return reason.isTransient();
  }
}
