package io.storageconnections.adapter.execution;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A data source that records what is sent to the database, and can be cut off. Thread-safe. */
final class WatchedDataSource implements DataSource {

  private final DataSource database;
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private volatile boolean cut;

  WatchedDataSource(DataSource database) {
    this.database = database;
  }

  /** Lets every use of every connection fail from now on. */
  void cutOff() {
    cut = true;
  }

  void restore() {
    cut = false;
  }

  /** The statements that were executed, and {@code commit} and {@code rollback}. */
  List<String> calls() {
    return calls;
  }

  long statements(String part) {
    return calls.stream().filter(call -> call.toLowerCase(Locale.ROOT).contains(part)).count();
  }

  @Override
  public Connection getConnection() throws SQLException {
    check();
    return watched(database.getConnection());
  }

  Connection watched(Connection connection) {
    return proxy(
        Connection.class,
        connection,
        (method, arguments, result) ->
            switch (method) {
              case "commit", "rollback" -> {
                calls.add(method);
                yield result;
              }
              case "prepareStatement" ->
                  watched(PreparedStatement.class, (Statement) result, (String) arguments[0]);
              case "createStatement" -> watched(Statement.class, (Statement) result, "");
              default -> result;
            });
  }

  private Statement watched(Class<? extends Statement> type, Statement statement, String prepared) {
    return proxy(
        type,
        statement,
        (method, arguments, result) -> {
          if (method.startsWith("execute")) {
            calls.add(arguments == null ? prepared : (String) arguments[0]);
          }
          return result;
        });
  }

  private <T> T proxy(Class<T> type, Object target, After after) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (!List.of("close", "isClosed").contains(method.getName())) {
                check();
              }
              try {
                return after.call(method.getName(), arguments, method.invoke(target, arguments));
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            }));
  }

  private void check() throws SQLException {
    if (cut) {
      throw new SQLNonTransientConnectionException("cut off", "08006");
    }
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    return getConnection();
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("no wrapper");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }

  @FunctionalInterface
  private interface After {
    Object call(String method, Object[] arguments, Object result);
  }
}
