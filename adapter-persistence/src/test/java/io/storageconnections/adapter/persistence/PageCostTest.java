package io.storageconnections.adapter.persistence;

import static io.storageconnections.domain.audit.AuditFixtures.CAUSE;
import static io.storageconnections.domain.connection.ConnectionFixtures.connection;
import static io.storageconnections.domain.connection.ConnectionFixtures.iModel;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.ConnectionFilter;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.DisplayName;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.NewConnection;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tests how many rows the database scans to read a page. The number must not depend on the number
 * of connections of other iModels. The test lets the database explain every query of the store,
 * with the same parameters.
 */
final class PageCostTest {

  private static final int OTHERS = 3_000;
  private static final int OWN = 60;
  private static final Pattern SCANNED = Pattern.compile("scanCount: ([0-9]+)");

  private final Database database =
      Database.open("jdbc:h2:mem:" + UUID.randomUUID(), null, null, Database.CONNECTIONS_DEFAULT);
  private final List<String> plans = new ArrayList<>();
  private final IModelId iModel = iModel();
  private final List<NewConnection> own = new ArrayList<>();
  private @Nullable JooqStorageConnectionStore store;

  @BeforeEach
  void fill() throws SQLException {
    Migrations.run(database.dataSource());
    var unobserved = JooqStorageConnectionStore.on(database.dataSource());
    for (int i = 0; i < OWN; i++) {
      var connection =
          connection().of(iModel).named("" + i).created(Instant.EPOCH.plusSeconds(i)).build();
      unobserved.add(CAUSE, connection, Limits.NONE);
      own.add(connection);
    }
    try (var connection = database.dataSource().getConnection();
        var statement = connection.createStatement()) {
      for (var sql :
          List.of(
              "insert into storage_connection select random_uuid(), random_uuid(), random_uuid(),"
                  + " '1', 'User', timestamp with time zone '1970-01-01 00:00:00Z', 1, null"
                  + " from system_range(1, "
                  + OTHERS
                  + ")",
              "insert into storage_connection_source_file select imodel_id, random_uuid(),"
                  + " connection_id, random_uuid(), random_uuid(), 'MSTN', created_at, 1, null, 0"
                  + " from storage_connection where imodel_id <> '"
                  + iModel
                  + "'",
              "analyze")) {
        statement.execute(sql);
      }
    }
    store = JooqStorageConnectionStore.on(explaining(database.dataSource()));
    plans.clear();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_page_scans_at_most_the_rows_of_its_imodel() {
    assertThat(list(ConnectionFilter.of(iModel), 0, 10)).isEqualTo(10);
    assertThat(list(ConnectionFilter.of(iModel), 40, 10)).isEqualTo(10);
    assertThat(list(ConnectionFilter.of(iModel), 1_000, 10)).isZero();
    assertThat(scanned()).isLessThanOrEqualTo(OWN + 1);
  }

  @Test
  void a_filter_scans_at_most_the_rows_of_its_imodel_in_both_tables() {
    assertThat(list(new ConnectionFilter(iModel, null, null, new DisplayName("7")), 0, 10))
        .isEqualTo(1);
    assertThat(list(new ConnectionFilter(iModel, null, ConnectorType.MSTN, null), 50, 20))
        .isEqualTo(10);
    assertThat(scanned()).isLessThanOrEqualTo(2 * OWN + 4);
  }

  @Test
  void a_search_by_file_scans_only_a_few_rows() {
    var file = own.get(33).storageFileIds().getFirst();
    assertThat(list(new ConnectionFilter(iModel, file, null, null), 0, 10)).isEqualTo(1);
    assertThat(scanned()).isLessThanOrEqualTo(4);
  }

  @Test
  void a_page_of_files_scans_only_its_own_rows() {
    var file = own.get(33).sourceFiles().getFirst();
    assertThat(store().listFiles(own.get(33).id(), new PageRequest(0, 100)))
        .isEqualTo(Outcome.success(new Page<>(List.of(file), 0, false)));
    assertThat(store().findFile(own.get(33).id(), file.id())).isEqualTo(Outcome.success(file));
    assertThat(store().find(own.get(33).id())).isPresent();
    assertThat(scanned()).isLessThanOrEqualTo(3);
  }

  private JooqStorageConnectionStore store() {
    if (store == null) {
      throw new IllegalStateException("not filled");
    }
    return store;
  }

  private int list(ConnectionFilter filter, long skip, int top) {
    return store().list(filter, new PageRequest(skip, top)).items().size();
  }

  /** Returns the greatest number of rows that any part of any query scanned. */
  private int scanned() {
    assertThat(plans).isNotEmpty();
    return plans.stream()
        .flatMap(plan -> SCANNED.matcher(plan).results())
        .mapToInt(match -> Integer.parseInt(match.group(1)))
        .max()
        .orElseThrow();
  }

  // ---- explaining queries ----------------------------------------------------------------------

  private DataSource explaining(DataSource dataSource) {
    return proxy(
        DataSource.class,
        dataSource,
        (method, arguments, result) ->
            result instanceof Connection connection ? explaining(connection) : result);
  }

  private Connection explaining(Connection connection) {
    return proxy(
        Connection.class,
        connection,
        (method, arguments, result) ->
            result instanceof PreparedStatement statement
                    && String.valueOf(arguments[0]).startsWith("select")
                ? explaining(
                    statement, connection.prepareStatement("explain analyze " + arguments[0]))
                : result);
  }

  /**
   * Binds each parameter to both statements. Whenever the statement runs, also runs the explaining
   * one and records its plan.
   */
  private PreparedStatement explaining(PreparedStatement statement, PreparedStatement explained) {
    return proxy(
        PreparedStatement.class,
        statement,
        (method, arguments, result) -> {
          if (method.getName().startsWith("set") && method.getParameterCount() >= 2) {
            invoke(method, explained, arguments);
          } else if (method.getName().startsWith("execute")) {
            try (var plan = explained.executeQuery()) {
              plan.next();
              plans.add(plan.getString(1));
            }
          }
          return result;
        });
  }

  private interface Interceptor {

    @Nullable Object after(Method method, @Nullable Object[] arguments, @Nullable Object result)
        throws Throwable;
  }

  private static <T> T proxy(Class<T> type, T target, Interceptor interceptor) {
    return type.cast(
        Proxy.newProxyInstance(
            PageCostTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                interceptor.after(method, arguments, invoke(method, target, arguments))));
  }

  private static @Nullable Object invoke(
      Method method, Object target, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }
}
