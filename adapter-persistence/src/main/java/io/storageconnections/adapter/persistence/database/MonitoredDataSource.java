package io.storageconnections.adapter.persistence.database;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens the physical connections of a pool, and reports each that the pool tests and finds dead.
 * The pool itself tells nobody. Thread-safe.
 */
public final class MonitoredDataSource implements DataSource {

  private final String url;
  private final Properties properties;
  private final Runnable onDeadConnection;
  private volatile int loginTimeoutSeconds;

  /**
   * Creates a source of connections.
   *
   * @param properties what the driver is given, such as user and password
   * @param onDeadConnection is run in the thread of the caller that got a dead connection
   */
  public MonitoredDataSource(String url, Properties properties, Runnable onDeadConnection) {
    this.url = url;
    this.properties = properties;
    this.onDeadConnection = onDeadConnection;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return observed(DriverManager.getConnection(url, properties));
  }

  private Connection observed(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            MonitoredDataSource.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              try {
                var result = method.invoke(connection, arguments);
                if (method.getName().equals("isValid") && Boolean.FALSE.equals(result)) {
                  onDeadConnection.run();
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the properties name the user");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {
    // The driver's log stays as it is.
  }

  @Override
  public void setLoginTimeout(int seconds) {
    // For the pool's own waiting. The properties bound the login itself, because the timeout of
    // DriverManager holds for the whole JVM.
    loginTimeoutSeconds = seconds;
  }

  @Override
  public int getLoginTimeout() {
    return loginTimeoutSeconds;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("wraps nothing");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
