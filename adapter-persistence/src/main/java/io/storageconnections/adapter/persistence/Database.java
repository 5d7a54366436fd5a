package io.storageconnections.adapter.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.storageconnections.adapter.persistence.database.H2FileCompaction;
import io.storageconnections.adapter.persistence.database.MonitoredDataSource;
import io.storageconnections.adapter.persistence.database.PoolReplacement;
import io.storageconnections.adapter.persistence.sql.SqlFailure;
import io.storageconnections.application.port.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A pool of connections to a database of our own. A service that embeds the store brings its own
 * {@link DataSource} instead. Thread-safe.
 */
public final class Database implements AutoCloseable {

  /** How many connections a pool has if nobody says otherwise. */
  public static final int CONNECTIONS_DEFAULT = 16;

  /** Enough where nothing waits for a disk. */
  private static final int CONNECTIONS_IN_MEMORY = 4;

  /** How long a request waits for a connection, and how long opening a connection may take. */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** How long the pool waits for an answer when it tests an idle connection. */
  private static final Duration VALIDATION_TIMEOUT = Duration.ofSeconds(1);

  /** How long a statement may take, except those of {@link Migrations}. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

  private final HikariDataSource pool;
  private final DataSource unpooled;
  private final boolean inMemory;
  private final @Nullable H2FileCompaction compaction;

  private Database(
      HikariDataSource pool,
      DataSource unpooled,
      boolean inMemory,
      @Nullable H2FileCompaction compaction) {
    this.pool = pool;
    this.unpooled = unpooled;
    this.inMemory = inMemory;
    this.compaction = compaction;
  }

  /**
   * Connects to a database.
   *
   * @param url a JDBC URL. What an H2 URL does not say about durability and shutdown is set so that
   *     a commit survives the end of the process at any moment; what a PostgreSQL URL does not say
   *     about time limits is set so that a database that is cut off is noticed
   * @param user who connects; null if the URL says so, or nobody needs to
   * @param password the password of {@code user}; null if the URL says it, or there is none
   * @param connections how many connections the pool may have, 1 or more; {@link Migrations} takes
   *     two at once
   * @return the pool, which its caller closes
   * @throws IllegalArgumentException if {@code connections} is less than 1
   * @throws StoreException if the database cannot be reached
   */
  public static Database open(
      String url, @Nullable String user, @Nullable String password, int connections) {
    var completeUrl = withH2Defaults(url);
    var replacement = new PoolReplacement();
    var config = new HikariConfig();
    config.setPoolName("storage-connections");
    var unpooled =
        new MonitoredDataSource(
            completeUrl, properties(url, user, password), replacement::replaceAll);
    config.setDataSource(unpooled);
    config.setExceptionOverride(replacement);
    config.setMaximumPoolSize(connections);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.setConnectionTimeout(CONNECT_TIMEOUT.toMillis());
    config.setValidationTimeout(VALIDATION_TIMEOUT.toMillis());
    HikariDataSource pool = null;
    try {
      pool = new HikariDataSource(config);
      replacement.of(pool);
      return new Database(
          pool,
          unpooled,
          isInMemory(url),
          isH2(url) && !isInMemory(url) ? H2FileCompaction.start(pool) : null);
    } catch (RuntimeException failure) {
      if (pool != null) {
        pool.close();
      }
      // Without the cause: drivers repeat the URL, and with it a password.
      throw SqlFailure.of(failure)
          .exception(
              "connecting to the database",
              new SQLException(withoutSecrets(reason(failure), completeUrl, password)));
    }
  }

  /** For the driver; what the URL says itself comes before them. */
  private static Properties properties(
      String url, @Nullable String user, @Nullable String password) {
    var properties = new Properties();
    if (user != null) {
      properties.setProperty("user", user);
    }
    if (password != null) {
      properties.setProperty("password", password);
    }
    if (isPostgres(url)) {
      properties.setProperty("ApplicationName", "storage-connections");
      properties.setProperty("connectTimeout", "" + CONNECT_TIMEOUT.toSeconds());
      properties.setProperty("loginTimeout", "" + CONNECT_TIMEOUT.toSeconds());
      properties.setProperty("socketTimeout", "" + ANSWER_TIMEOUT.toSeconds());
      properties.setProperty("tcpKeepAlive", "true");
    }
    return properties;
  }

  /**
   * Makes an empty H2 of its own in the memory of this process.
   *
   * @return a pool of connections to it, which its caller closes; with that, the database ends
   */
  public static Database inMemory() {
    return open("jdbc:h2:mem:" + UUID.randomUUID(), null, null, CONNECTIONS_IN_MEMORY);
  }

  /** What the driver says, if it came to that. */
  private static String reason(Throwable failure) {
    var cause = failure.getCause();
    return failure instanceof SQLException || cause == null
        ? String.valueOf(failure.getMessage())
        : reason(cause);
  }

  private static String withoutSecrets(String text, String url, @Nullable String password) {
    var settings = url.indexOf(';');
    var told = text.replace(url, "(the URL)");
    if (settings >= 0) {
      told = told.replace(url.substring(settings), "");
    }
    return password == null || password.isEmpty() ? told : told.replace(password, "(the password)");
  }

  /**
   * Gives access to the pool.
   *
   * @return gives out connections in auto-commit mode and of isolation level READ COMMITTED, until
   *     this database is closed
   */
  public DataSource dataSource() {
    return pool;
  }

  /**
   * Closes the pool, and ends the database if it is in memory. H2 compacts a file for a few seconds
   * before it closes it. Closing twice does no harm.
   */
  @Override
  public void close() {
    if (compaction != null) {
      compaction.close();
    }
    pool.close();
    if (inMemory) {
      shutDown();
    }
  }

  /**
   * Ends a database that was told to outlive its last connection. The pool is closed before:
   * otherwise it could connect again, and so make a new database of the same name.
   */
  private void shutDown() {
    try (var connection = unpooled.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("shutdown");
    } catch (SQLException gone) {
      // The database has ended already.
    }
  }

  private static boolean isH2(String url) {
    return url.toLowerCase(Locale.ROOT).startsWith("jdbc:h2:");
  }

  private static boolean isInMemory(String url) {
    return url.toLowerCase(Locale.ROOT).startsWith("jdbc:h2:mem:");
  }

  private static boolean isPostgres(String url) {
    return url.toLowerCase(Locale.ROOT).startsWith("jdbc:postgresql:");
  }

  /** Leaves alone what the URL says itself. */
  private static String withH2Defaults(String url) {
    if (!isH2(url)) {
      return url;
    }
    // H2 writes up to 500 ms late unless told otherwise: a commit would be lost with the process.
    var complete = with(url, "WRITE_DELAY", "0");
    // H2's own shutdown hook would close the database under the requests that are still in flight.
    complete = with(complete, "DB_CLOSE_ON_EXIT", "FALSE");
    complete = with(complete, "LOCK_TIMEOUT", "10000");
    // What goes wrong is logged here, not in a file that nobody looks after.
    complete = with(complete, "TRACE_LEVEL_FILE", "0");
    if (isInMemory(url)) {
      return with(complete, "DB_CLOSE_DELAY", "-1");
    }
    // How long a chunk of the file is kept after its last page was replaced. H2's default of 45 s
    // keeps 2 GB at 1,000 commits a second. Not 0, which H2 2.4 has been seen to corrupt files
    // with.
    complete = with(complete, "RETENTION_TIME", "1000");
    // How long H2 compacts a file that is closed; its default of 200 ms is not enough.
    return with(complete, "MAX_COMPACT_TIME", "5000");
  }

  private static String with(String url, String setting, String value) {
    var said = url.toUpperCase(Locale.ROOT).contains(";" + setting + "=");
    return said ? url : url + ";" + setting + "=" + value;
  }
}
