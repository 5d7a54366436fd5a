package io.storageconnections.adapter.persistence;

import static io.storageconnections.application.contract.OutcomeAssertions.assertSuccess;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.contract.OpenIModelDirectoryContract;
import io.storageconnections.application.contract.RunScriptsContract;
import io.storageconnections.application.contract.StorageConnectionStoreContract;
import io.storageconnections.application.port.AuditFilter;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.RunScripts;
import io.storageconnections.application.port.RunStore;
import io.storageconnections.application.port.StorageConnectionStore;
import io.storageconnections.domain.audit.AuditFixtures;
import io.storageconnections.domain.connection.ConnectionFixtures;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.run.Run;
import io.storageconnections.domain.run.RunKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Runs the contracts on one database, which all tests of a class share. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class DatabaseContracts
    implements StorageConnectionStoreContract,
        QueuedRunsContract,
        RunScriptsContract,
        OpenIModelDirectoryContract {

  /**
   * As many as the largest race has threads, so that no thread waits for a connection: on a busy
   * machine, the wait could exceed the timeout of the pool.
   */
  private static final int CONNECTIONS = 32;

  private Database database;
  private StorageConnectionStore store;
  private RunStore runs;
  private RunScripts scripts;

  /** Returns the JDBC URL of the database. */
  abstract String url();

  @BeforeAll
  void open() throws SQLException {
    database = Database.open(url(), null, null, CONNECTIONS);
    Migrations.run(database.dataSource());
    fillThePool();
    store = JooqStorageConnectionStore.on(database.dataSource());
    runs = JooqRunStore.on(database.dataSource(), RunQueueTable.NONE);
    scripts = JooqRunScripts.on(database.dataSource());
  }

  private void fillThePool() throws SQLException {
    var connections = new ArrayList<Connection>();
    try {
      while (connections.size() < CONNECTIONS) {
        connections.add(database.dataSource().getConnection());
      }
    } finally {
      for (var connection : connections) {
        connection.close();
      }
    }
  }

  @AfterAll
  void close() {
    database.close();
  }

  @Override
  public final DataSource dataSource() {
    return database.dataSource();
  }

  @Override
  public StorageConnectionStore store() {
    return store;
  }

  @Override
  public Optional<StorageConnectionStore> unavailableStore() {
    try (var closed = Database.open(url(), null, null, 2)) {
      return Optional.of(JooqStorageConnectionStore.on(closed.dataSource()));
    }
  }

  @Override
  public StorageConnectionStore connections() {
    return store();
  }

  @Override
  public RunStore runs() {
    return runs;
  }

  @Override
  public Optional<RunStore> unavailableRuns() {
    try (var closed = Database.open(url(), null, null, 2)) {
      return Optional.of(JooqRunStore.on(closed.dataSource(), RunQueueTable.NONE));
    }
  }

  @Override
  public RunScripts scripts() {
    return scripts;
  }

  @Override
  public IModelDirectory directory() {
    return OpenIModelDirectory.on(database.dataSource());
  }

  @Test
  void a_page_of_runs_ends_early_if_they_have_thousands_of_tasks() {
    var files = IntStream.range(0, 4_000).mapToObj(index -> index + ".dgn").toArray(String[]::new);
    var connection = added(ConnectionFixtures.iModel(), files).id();
    var newestFirst = new ArrayList<RunKey>();
    for (int i = 0; i < 4; i++) {
      var run = started(connection).key();
      assertSuccess(runs.change(run, current -> current.requestCancel(current.changed())));
      newestFirst.addFirst(run);
    }

    var first = assertSuccess(runs.list(connection, new PageRequest(0, 100)));
    var second = assertSuccess(runs.list(connection, new PageRequest(3, 100)));

    assertThat(first.items()).extracting(Run::key).isEqualTo(newestFirst.subList(0, 3));
    assertThat(first.more()).isTrue();
    assertThat(second.items()).extracting(Run::key).isEqualTo(newestFirst.subList(3, 4));
    assertThat(second.more()).isFalse();
  }

  @Test
  void a_page_of_the_audit_trail_ends_early_if_its_entries_are_large() {
    var iModel = ConnectionFixtures.iModel();
    var added = new ArrayList<ConnectionId>();
    for (int index = 0; index < 16; index++) {
      var folder = "%0200d/".formatted(index);
      var names = IntStream.range(0, 1_000).mapToObj(file -> folder + file).toArray(String[]::new);
      var connection = ConnectionFixtures.connection().of(iModel).mapping(names).build();
      assertSuccess(store.add(AuditFixtures.CAUSE, connection, Limits.NONE));
      added.add(connection.id());
    }
    var listed = new ArrayList<ConnectionId>();
    var sizes = new ArrayList<Integer>();
    boolean more;
    do {
      var page = store.audit(new AuditFilter(iModel, null), new PageRequest(listed.size(), 100));
      sizes.add(page.items().size());
      page.items().forEach(entry -> listed.add(entry.connection()));
      more = page.more();
    } while (more);
    assertThat(listed).containsExactlyInAnyOrderElementsOf(added);
    assertThat(sizes).hasSize(2).doesNotContain(0);
  }
}
