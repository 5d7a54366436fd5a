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
import java.util.function.BiFunction;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A connection pool to a database that the server opens itself. A host that embeds the store can
 * use its own {@link DataSource} instead. Thread-safe.
 */
public final class Database implements AutoCloseable {

  /** The default size of a pool. */
  public static final int CONNECTIONS_DEFAULT = 16;

  /** The smallest size of a pool: {@link Migrations} takes two connections at the same time. */
  public static final int CONNECTIONS_MIN = 2;

  private static final String POOL_NAME = "storage-connections";

  /** A few connections are enough, because no statement waits for a disk. */
  private static final int CONNECTIONS_IN_MEMORY = 4;

  /**
   * The longest time that a request waits for a connection from the pool, and that opening a
   * connection takes.
   */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** The longest time that the pool waits for an answer when it tests an idle connection. */
  private static final Duration VALIDATION_TIMEOUT = Duration.ofSeconds(1);

  /** The longest time that a statement takes, except statements of {@link Migrations}. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

  private final HikariDataSource pool;
  private final DataSource unpooled;
  private final boolean inMemory;
  private final @Nullable H2FileCompaction compaction;
  private final BiFunction<String, Integer, Database> another;

  private Database(
      HikariDataSource pool,
      DataSource unpooled,
      boolean inMemory,
      @Nullable H2FileCompaction compaction,
      BiFunction<String, Integer, Database> another) {
    this.pool = pool;
    this.unpooled = unpooled;
    this.inMemory = inMemory;
    this.compaction = compaction;
    this.another = another;
  }

  /**
   * Connects to a database.
   *
   * @param url a JDBC URL of H2 or PostgreSQL. This method adds settings that the URL does not
   *     contain: for H2, settings that make every commit survive a crash of the process; for
   *     PostgreSQL, timeouts after which an unreachable database is detected
   * @param user the database user; null if the URL contains it, or the database needs none
   * @param password the password of {@code user}; null if the URL contains it, or there is none
   * @param connections the greatest number of connections in the pool, {@link #CONNECTIONS_MIN} or
   *     more
   * @return the pool; the caller closes it
   * @throws IllegalArgumentException if {@code connections} is less than {@link #CONNECTIONS_MIN}
   * @throws StoreException if the database cannot be reached
   */
  public static Database open(
      String url, @Nullable String user, @Nullable String password, int connections) {
    if (connections < CONNECTIONS_MIN) {
      throw new IllegalArgumentException(
          "connections must be %d or more, because migrations take two at the same time, but is %d"
              .formatted(CONNECTIONS_MIN, connections));
    }
    return open(url, user, password, connections, POOL_NAME, true);
  }

  /**
   * Opens a pool.
   *
   * @param poolName the name of the pool in the log, in thread names and in metrics
   * @param isFirst whether the pool also maintains the database: compacts its file, and deletes the
   *     database at the end if it is in memory
   */
  private static Database open(
      String url,
      @Nullable String user,
      @Nullable String password,
      int connections,
      String poolName,
      boolean isFirst) {
    var completeUrl = withH2Defaults(url);
    var replacement = new PoolReplacement();
    var config = new HikariConfig();
    config.setPoolName(poolName);
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
          isFirst && JdbcUrl.isInMemory(url),
          isFirst && isH2(url) && !JdbcUrl.isInMemory(url) ? H2FileCompaction.start(pool) : null,
          (name, more) -> open(url, user, password, more, POOL_NAME + "-" + name, false));
    } catch (RuntimeException failure) {
      if (pool != null) {
        pool.close();
      }
      // Without the cause: messages of drivers contain the URL, which may contain a password.
      throw SqlFailure.of(failure)
          .exception(
              "connecting to the database",
              new SQLException(withoutSecrets(reason(failure), completeUrl, password)));
    }
  }

  /** Returns the properties for the driver. Settings in the URL take precedence over them. */
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
   * Opens another pool on this database, for work that must not wait for the connections of this
   * pool.
   *
   * @param name what the other pool is for, in one word; its name ends with it
   * @param connections the greatest number of connections in the other pool, 1 or more
   * @return the other pool; the caller closes it before this one
   * @throws StoreException if the database cannot be reached
   */
  public Database another(String name, int connections) {
    return another.apply(name, connections);
  }

  /**
   * Makes the pool record its metrics.
   *
   * @param meterRegistry a {@code MeterRegistry} of Micrometer
   * @throws IllegalArgumentException if it is something else
   * @throws IllegalStateException if this method was called before
   */
  public void recordMetrics(Object meterRegistry) {
    pool.setMetricRegistry(meterRegistry);
  }

  /**
   * Creates an empty H2 database in the memory of this process. Each call creates a new database.
   *
   * @return a pool of connections to the database; the caller closes it, which deletes the database
   */
  public static Database inMemory() {
    return open("jdbc:h2:mem:" + UUID.randomUUID(), null, null, CONNECTIONS_IN_MEMORY);
  }

  /**
   * Returns the message of the first {@code SQLException} among the failure and its causes, or of
   * the last cause if there is none.
   */
  private static String reason(Throwable failure) {
    var cause = failure.getCause();
    return failure instanceof SQLException || cause == null
        ? String.valueOf(failure.getMessage())
        : reason(cause);
  }

  private static String withoutSecrets(String text, String url, @Nullable String password) {
    var settings = url.indexOf(';');
    var safeText = text.replace(url, "(the URL)");
    if (settings >= 0) {
      safeText = safeText.replace(url.substring(settings), "");
    }
    return password == null || password.isEmpty()
        ? safeText
        : safeText.replace(password, "(the password)");
  }

  /**
   * Returns the pool as a data source.
   *
   * @return the data source. It gives out connections in auto-commit mode and with the isolation
   *     level READ COMMITTED, until this database is closed
   */
  public DataSource dataSource() {
    return pool;
  }

  /**
   * Closes the pool, and deletes the database if it is in memory. If H2 has a file, it compacts the
   * file for up to 5 seconds before it closes it. A second call has no effect.
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
   * Ends a database in memory, which would otherwise outlive its last connection. Call this after
   * the pool is closed: an open pool could connect again and thereby create a new database with the
   * same name.
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

  private static boolean isPostgres(String url) {
    return url.toLowerCase(Locale.ROOT).startsWith("jdbc:postgresql:");
  }

  /** Adds settings to a URL of H2. Settings that the URL already contains stay unchanged. */
  private static String withH2Defaults(String url) {
    if (!isH2(url)) {
      return url;
    }
    // By default H2 writes commits up to 500 ms late: a crash of the process would lose them.
    var complete = with(url, "WRITE_DELAY", "0");
    // H2's own shutdown hook would close the database while requests are still in progress.
    complete = with(complete, "DB_CLOSE_ON_EXIT", "FALSE");
    complete = with(complete, "LOCK_TIMEOUT", "10000");
    // The server logs failures. H2 would also write them to a file of its own, which no operator
    // would watch or delete.
    complete = with(complete, "TRACE_LEVEL_FILE", "0");
    if (JdbcUrl.isInMemory(url)) {
      return with(complete, "DB_CLOSE_DELAY", "-1");
    }
    // The time in milliseconds for which H2 keeps a chunk of the file after its last page was
    // replaced. With the default of 45 s, the file grows to 2 GB at 1,000 commits per second. With
    // 0, H2 2.4 has been observed to corrupt files.
    complete = with(complete, "RETENTION_TIME", "1000");
    // The time in milliseconds for which H2 compacts a file when it closes it. The default of 200
    // is too short.
    return with(complete, "MAX_COMPACT_TIME", "5000");
  }

  private static String with(String url, String setting, String value) {
    var isSet = url.toUpperCase(Locale.ROOT).contains(";" + setting + "=");
    return isSet ? url : url + ";" + setting + "=" + value;
  }
}
