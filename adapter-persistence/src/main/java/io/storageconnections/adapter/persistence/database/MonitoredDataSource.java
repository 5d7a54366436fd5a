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
 * Opens the physical connections of a pool, and calls a listener when the pool tests a connection
 * and finds it broken. The pool itself does not report this. Thread-safe.
 */
public final class MonitoredDataSource implements DataSource {

  private final String url;
  private final Properties properties;
  private final Runnable onDeadConnection;
  private volatile int loginTimeoutSeconds;

  /**
   * Creates a data source.
   *
   * @param url the JDBC URL
   * @param properties the properties for the driver, such as user and password
   * @param onDeadConnection called when {@link Connection#isValid} returned false, in the thread
   *     that tested the connection; must be thread-safe
   */
  public MonitoredDataSource(String url, Properties properties, Runnable onDeadConnection) {
    this.url = url;
    this.properties = properties;
    this.onDeadConnection = onDeadConnection;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return monitored(DriverManager.getConnection(url, properties));
  }

  private Connection monitored(Connection connection) {
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
    // Does not change the log of the driver.
  }

  @Override
  public void setLoginTimeout(int seconds) {
    // Only stored for the pool. The properties limit the login itself, because the timeout of
    // DriverManager applies to the whole JVM.
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
