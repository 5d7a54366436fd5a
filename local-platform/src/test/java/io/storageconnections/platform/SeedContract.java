package io.storageconnections.platform;

import static io.storageconnections.domain.audit.AuditFixtures.CAUSE;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.storageconnections.adapter.persistence.Database;
import io.storageconnections.adapter.persistence.JooqStorageConnectionStore;
import io.storageconnections.adapter.persistence.Migrations;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Access;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.ConnectionFilter;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.domain.connection.AuthenticationType;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.NewConnection;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.domain.connection.StorageConnection;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.platform.application.port.ITwinFilter;
import io.storageconnections.platform.application.port.ITwinStore.SortKey;
import io.storageconnections.platform.application.port.Order;
import io.storageconnections.platform.persistence.TestRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a seed does to a database, whichever it is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SeedContract {

  private static final Caller ANN = Caller.ofUser("client", "ann");

  private static final String SEED =
      """
      iTwins:
        - displayName: Harbor bridge
          id: 9e4b1c62-5b2c-4c53-8f0d-0b6a4c1f7a11
          members: [{subject: ann, role: owner}, {subject: bob, role: reader}]
          iModels:
            - name: Superstructure
              id: 7dbd531d-6967-47b2-8945-a722a437ad7a
              extent: {south: 40, west: -75, north: 41, east: -74}
              connections:
                - displayName: Nightly
                  id: HVO9fWdpskeJRacipDeteoUyMkR2mLpPkXG9bR7sFFs
                  sourceFiles:
                    - {file: designs/deck.dgn, connectorType: MSTN}
                    - {file: notes.txt, connectorType: CIVIL}
                - sourceFiles: [{file: designs/plan.dgn, connectorType: DWG}]
            - name: Foundation
          folders:
            - displayName: designs
              description: Drawings
              files:
                - {displayName: deck.dgn, base64: 0M8R4A==, id: YhxLnixbU0yPDQtqTB96EQHaPPYkW31Ekr6xyA0AamY}
                - {displayName: plan.dgn, base64: 0M8R4A==}
          files:
            - {displayName: notes.txt, text: Bearing 3}
        - displayName: Empty
          number: B-1
      """;

  private static final ITwinId BRIDGE = ITwinId.parse("9e4b1c62-5b2c-4c53-8f0d-0b6a4c1f7a11");
  private static final IModelId SUPERSTRUCTURE =
      IModelId.parse("7dbd531d-6967-47b2-8945-a722a437ad7a");
  private static final ConnectionId NIGHTLY =
      ConnectionId.parse("HVO9fWdpskeJRacipDeteoUyMkR2mLpPkXG9bR7sFFs");
  private static final StorageFileId DECK =
      StorageFileId.parse("YhxLnixbU0yPDQtqTB96EQHaPPYkW31Ekr6xyA0AamY");

  /** Children before their parents. */
  private static final List<String> TABLES =
      List.of(
          "local_platform_seed",
          "local_platform_member",
          "local_platform_itwin",
          "local_platform_deleted_itwin",
          "local_platform_imodel",
          "local_platform_folder",
          "local_platform_upload",
          "local_platform_file",
          "storage_connection_source_file",
          "storage_connection",
          "storage_connection_imodel",
          "storage_connection_deleted_imodel");

  @TempDir private Path temporary;
  private Database database;
  private DataSource dataSource;
  private JooqStorageConnectionStore connections;
  private final List<LocalPlatform> opened = new ArrayList<>();
  private final AtomicInteger folders = new AtomicInteger();
  private Path blobFolder;
  private volatile Instant now;

  abstract Database open();

  @BeforeAll
  void connect() {
    database = open();
    dataSource = database.dataSource();
    Migrations.run(dataSource);
    LocalPlatform.migrate(dataSource);
    connections = JooqStorageConnectionStore.on(dataSource);
  }

  @BeforeEach
  void empty() {
    now = Instant.parse("2026-11-26T10:00:00.123456789Z");
    blobFolder = temporary.resolve("blobs" + folders.incrementAndGet());
    empty(database.dataSource());
  }

  private static void empty(DataSource dataSource) {
    TABLES.forEach(table -> sql(dataSource, "delete from " + table));
    sql(dataSource, "delete from local_platform_blob");
    sql(dataSource, "delete from local_platform_blob_folder");
  }

  @AfterEach
  void closePlatforms() {
    opened.forEach(LocalPlatform::close);
    opened.clear();
  }

  @AfterAll
  void closeDatabase() {
    database.close();
  }

  private final class TestClock extends Clock {

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  /** Opens a node without background work. */
  private LocalPlatform node(AccessMode mode, DataSource source) {
    var platform = LocalPlatform.builder(source, mode, blobFolder).clock(new TestClock()).build();
    opened.add(platform);
    return platform;
  }

  private LocalPlatform node() {
    return node(AccessMode.OWN, dataSource);
  }

  private Seed seed(String text) {
    return Seed.parse(text, temporary, 1_000);
  }

  private static void sql(DataSource source, String statement) {
    try (var connection = source.getConnection();
        var execution = connection.createStatement()) {
      execution.execute(statement);
    } catch (SQLException e) {
      throw new AssertionError(statement, e);
    }
  }

  private void sql(String statement) {
    sql(dataSource, statement);
  }

  /** Returns every row of every table, but of blobs only how many have which state. */
  private String rows() {
    var all = new StringBuilder();
    for (var table : TABLES) {
      all.append(table).append('\n');
      query("select * from " + table).forEach(row -> all.append(row).append('\n'));
    }
    return all.toString();
  }

  /** Returns the rows without the ids of contents, which are random. */
  private String rowsOfAnyFilling() {
    return rows()
        .lines()
        .map(row -> row.replaceAll("(?i)content_id=[0-9a-f-]*", ""))
        .sorted()
        .collect(joining("\n"));
  }

  private List<String> query(String statement) {
    try (var connection = dataSource.getConnection();
        var execution = connection.createStatement();
        var result = execution.executeQuery(statement)) {
      var found = new ArrayList<String>();
      while (result.next()) {
        var row = new TreeMap<String, String>();
        for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
          row.put(
              result.getMetaData().getColumnName(column), String.valueOf(result.getString(column)));
        }
        found.add(row.toString());
      }
      return found.stream().sorted().toList();
    } catch (SQLException e) {
      throw new AssertionError(statement, e);
    }
  }

  private List<Path> blobs() {
    try (Stream<Path> all = Files.walk(blobFolder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.endsWith("folder-id"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private NewConnection newConnection(IModelId iModel, StorageFileId file) {
    return new NewConnection(
        new StorageConnection(
            new ConnectionId(iModel, UUID.randomUUID()),
            BRIDGE,
            null,
            AuthenticationType.USER,
            now),
        List.of(new SourceFile(new SourceFileId(UUID.randomUUID()), file, ConnectorType.DWG, now)));
  }

  /** Changes every kind of object. */
  private void changeEverything() {
    var deleted = connections.remove(CAUSE, NIGHTLY, Precondition.NONE);
    assertThat(deleted).isInstanceOf(Outcome.Success.class);
    connections.add(CAUSE, newConnection(SUPERSTRUCTURE, DECK), Limits.NONE);
    connections.add(
        CAUSE, newConnection(new IModelId(UUID.randomUUID()), DECK), new Limits(10, 10));
    connections.markDeleted(CAUSE, SUPERSTRUCTURE);
    sql(
        "insert into storage_connection_imodel values ('"
            + UUID.randomUUID()
            + "', '"
            + BRIDGE
            + "')");
    sql(
        "update local_platform_itwin set display_name = 'Renamed', number = null, is_deleting ="
            + " true where itwin_id = '"
            + BRIDGE
            + "'");
    sql("delete from local_platform_member where itwin_id <> '" + BRIDGE + "'");
    sql(
        "update local_platform_itwin set itwin_id = '"
            + UUID.randomUUID()
            + "' where display_name = 'Empty'");
    sql("delete from local_platform_member where subject = 'bob'");
    sql("update local_platform_member set role = 'reader'");
    sql(
        "update local_platform_imodel set state = 'deleted', name = null where imodel_id = '"
            + SUPERSTRUCTURE
            + "'");
    sql("update local_platform_imodel set name = 'Superstructure' where name = 'Foundation'");
    sql("update local_platform_folder set is_deleting = true, display_name = 'x'");
    sql("delete from local_platform_file where display_name = 'plan.dgn'");
    var blob = UUID.randomUUID();
    sql(
        "insert into local_platform_blob values ('"
            + blob
            + "', 'current', current_timestamp, 1, 'x')");
    sql(
        "update local_platform_file set content_id = '"
            + blob
            + "', content_size = 1, content_sha256 = 'x' where display_name = 'deck.dgn'");
  }

  // ---- filling ---------------------------------------------------------------------------------

  @Test
  void a_seed_fills_an_empty_database() {
    var platform = node();
    platform.seed(seed(SEED));
    assertThat(platform.iModelDirectory().access(ANN, SUPERSTRUCTURE)).isEqualTo(Access.CHANGE);
    assertThat(platform.iModelDirectory().access(Caller.ofUser("client", "bob"), SUPERSTRUCTURE))
        .isEqualTo(Access.READ);
    assertThat(platform.iModelDirectory().access(Caller.ofUser("client", "eve"), SUPERSTRUCTURE))
        .isEqualTo(Access.NONE);
    assertThat(platform.storageFiles().usable(ANN, SUPERSTRUCTURE, List.of(DECK)))
        .containsOnlyKeys(DECK);
    assertThat(
            connections
                .list(ConnectionFilter.of(SUPERSTRUCTURE), PageRequest.of(null, null))
                .items())
        .extracting(connection -> "" + connection.displayName())
        .containsExactly("Nightly", "null");
    assertThat(query("select display_name from local_platform_file where is_complete")).hasSize(3);
    assertThat(blobs()).as("equal contents are stored once").hasSize(2);
  }

  @Test
  void the_same_seed_changes_nothing_later() {
    node().seed(seed(SEED));
    changeEverything();
    var changed = rows();
    var stored = blobs();
    now = now.plus(Duration.ofDays(1));
    node().seed(seed(SEED));
    assertThat(rows()).isEqualTo(changed);
    assertThat(blobs()).isEqualTo(stored);
  }

  @Test
  void another_seed_is_refused_and_changes_nothing() {
    node().seed(seed(SEED));
    var before = rows();
    assertThatThrownBy(() -> node().seed(seed(SEED + "# changed")))
        .isInstanceOf(SeedException.class)
        .hasMessageContaining("filled with another seed")
        .hasMessageContaining("2026-11-26T10:00:00.123456Z")
        .hasMessageContaining("use");
    assertThat(rows()).isEqualTo(before);
    assertThat(blobs()).hasSize(2);
  }

  @Test
  void a_database_with_other_objects_is_refused() {
    var others =
        List.<Runnable>of(
            () -> connections.add(CAUSE, newConnection(SUPERSTRUCTURE, DECK), Limits.NONE),
            () ->
                sql(
                    "insert into local_platform_imodel (imodel_id, itwin_id, state, created_by,"
                        + " created_at) values ('"
                        + SUPERSTRUCTURE
                        + "', '"
                        + BRIDGE
                        + "', 'deleting', 'ann', current_timestamp)"));
    for (var other : others) {
      empty(dataSource);
      blobFolder = temporary.resolve("blobs" + folders.incrementAndGet());
      other.run();
      var before = rows();
      var node = node();
      assertThatThrownBy(() -> node.seed(seed(SEED)))
          .isInstanceOf(SeedException.class)
          .hasMessageContaining("contains objects that no seed made; use an empty database");
      assertThat(rows()).isEqualTo(before);
      assertThat(blobs()).isEmpty();
    }
  }

  @Test
  void what_deleted_objects_have_left_does_not_count() {
    node().seed(seed(SEED));
    var complete = rowsOfAnyFilling();
    empty(dataSource);
    connections.markDeleted(CAUSE, SUPERSTRUCTURE);
    sql(
        "insert into local_platform_imodel (imodel_id, itwin_id, state, created_by, created_at)"
            + " values ('"
            + SUPERSTRUCTURE
            + "', '"
            + BRIDGE
            + "', 'deleted', 'ann', current_timestamp)");
    sql(
        "insert into storage_connection_imodel values ('"
            + SUPERSTRUCTURE
            + "', '"
            + UUID.randomUUID()
            + "')");
    blobFolder = temporary.resolve("blobs" + folders.incrementAndGet());
    node().seed(seed(SEED));
    assertThat(rowsOfAnyFilling()).isEqualTo(complete);
  }

  @Test
  void a_named_file_that_changes_after_it_was_read_is_refused() throws IOException {
    var file = Files.writeString(temporary.resolve("content"), "A");
    var text = "iTwins: [{displayName: One, files: [{displayName: f, path: content}]}]";
    var seed = seed(text);
    for (var content : List.of("B", "AA", "")) {
      Files.writeString(file, content);
      assertThatThrownBy(() -> node().seed(seed)).hasMessageContaining("changed");
    }
    Files.delete(file);
    assertThatThrownBy(() -> node().seed(seed)).hasMessageContaining("changed");
    Files.writeString(file, "A");
    node().seed(seed);
    assertThat(query("select 1 from local_platform_file")).hasSize(1);
  }

  @Test
  void nodes_that_start_at_the_same_time_fill_the_database_once() throws Exception {
    var nodes = IntStream.range(0, 4).mapToObj(i -> node()).toList();
    try (var threads = Executors.newFixedThreadPool(nodes.size())) {
      for (var filled :
          threads.invokeAll(
              nodes.stream()
                  .<Callable<Runnable>>map(node -> () -> node.seed(seed(SEED)))
                  .toList())) {
        filled.get().run();
      }
    }
    assertThat(query("select 1 from local_platform_file")).hasSize(3);
    assertThat(query("select 1 from local_platform_blob where state = 'kept'")).hasSize(2);
  }

  // ---- resets ----------------------------------------------------------------------------------

  @Test
  void a_reset_restores_every_row() {
    var reset = node().seed(seed(SEED));
    var before = rows();
    changeEverything();
    assertThat(rows()).isNotEqualTo(before);
    now = now.plus(Duration.ofDays(1));
    reset.run();
    assertThat(rows()).isEqualTo(before);
    reset.run();
    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void a_reset_after_a_restart_restores_the_same_times() {
    node().seed(seed(SEED));
    var before = rows();
    now = now.plus(Duration.ofDays(1));
    var reset = node().seed(seed(SEED));
    changeEverything();
    reset.run();
    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void a_reset_writes_no_contents_and_finds_them_after_a_sweep() throws IOException {
    var platform = node();
    var reset = platform.seed(seed(SEED));
    var stored = blobs();
    var times = new ArrayList<>();
    for (var blob : stored) {
      times.add(Files.getLastModifiedTime(blob));
    }
    changeEverything();
    sql("delete from local_platform_file");
    now = Instant.now().plus(Duration.ofDays(30));
    platform.sweepStorage();
    reset.run();
    assertThat(blobs()).isEqualTo(stored);
    for (int i = 0; i < stored.size(); i++) {
      assertThat(Files.getLastModifiedTime(stored.get(i))).isEqualTo(times.get(i));
    }
    assertThat(
            query(
                "select 1 from local_platform_file f join local_platform_blob b on f.content_id ="
                    + " b.blob_id where b.state = 'kept'"))
        .hasSize(3);
    assertThat(query("select 1 from local_platform_blob where state = 'current'")).isEmpty();
  }

  @Test
  void a_reset_empties_the_caches_of_the_open_directory() {
    var platform = node(AccessMode.OPEN, dataSource);
    var directory = platform.iModelDirectory();
    var unknown = new IModelId(UUID.randomUUID());
    var reset = platform.seed(seed(SEED));
    assertThat(directory.iTwinOf(ANN, unknown, DECK)).contains(BRIDGE);
    sql("delete from local_platform_imodel");
    var other = new StorageFileId(new ITwinId(UUID.randomUUID()), UUID.randomUUID());
    assertThat(directory.iTwinOf(ANN, SUPERSTRUCTURE, other)).contains(other.iTwin());
    reset.run();
    assertThat(directory.iTwinOf(ANN, SUPERSTRUCTURE, other)).contains(BRIDGE);
    assertThat(directory.iTwinOf(ANN, unknown, other)).contains(other.iTwin());
  }

  @Test
  void a_reset_of_a_database_that_another_seed_has_filled_fails() {
    var reset = node().seed(seed(SEED));
    sql("update local_platform_seed set digest = 'x'");
    var before = rows();
    assertThatThrownBy(reset::run).isInstanceOf(IllegalStateException.class);
    assertThat(rows()).isEqualTo(before);
  }

  // ---- kills and races -------------------------------------------------------------------------

  /**
   * A data source whose connections do something before a certain statement or commit, and before
   * each one after it: they fail, unless the test says otherwise.
   */
  private final class Killer {

    private final AtomicInteger left;
    private final Runnable act;

    Killer(int statements) {
      this(
          statements,
          () -> {
            throw new Killed();
          });
    }

    Killer(int statements, Runnable act) {
      left = new AtomicInteger(statements);
      this.act = act;
    }

    DataSource source() {
      return (DataSource)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {DataSource.class},
              (proxy, method, arguments) ->
                  method.getName().equals("getConnection")
                      ? connection((Connection) method.invoke(dataSource, arguments))
                      : method.invoke(dataSource, arguments));
    }

    private Connection connection(Connection real) {
      return (Connection)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, arguments) -> {
                var name = method.getName();
                if ((name.startsWith("prepare") || name.equals("commit"))
                    && left.decrementAndGet() < 0) {
                  act.run();
                }
                try {
                  return method.invoke(real, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }

    boolean hasKilled() {
      return left.get() < 0;
    }
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void a_node_that_looks_while_another_one_fills_the_database_finds_it_filled() {
    node().seed(seed(SEED));
    var complete = rowsOfAnyFilling();
    // A node looks with five queries, before it writes.
    for (int statement = 0; statement < 5; statement++) {
      empty(dataSource);
      blobFolder = temporary.resolve("blobs" + folders.incrementAndGet());
      var isFilled = new AtomicBoolean();
      var other =
          new Killer(
              Integer.MAX_VALUE,
              () -> {
                if (!isFilled.getAndSet(true)) {
                  node().seed(seed(SEED));
                }
              });
      var platform = node(AccessMode.OWN, other.source());
      other.left.set(statement);
      platform.seed(seed(SEED));
      assertThat(isFilled).isTrue();
      assertThat(rowsOfAnyFilling()).isEqualTo(complete);
    }
  }

  @Test
  void a_kill_at_any_statement_leaves_an_empty_or_a_complete_database() {
    node().seed(seed(SEED));
    var complete = rowsOfAnyFilling();
    empty(dataSource);
    var emptied = rowsOfAnyFilling();
    var kills = 0;
    for (var finished = false; !finished; kills++) {
      empty(dataSource);
      blobFolder = temporary.resolve("blobs" + folders.incrementAndGet());
      // Opening a node has statements of its own.
      var killer = new Killer(Integer.MAX_VALUE);
      var platform = node(AccessMode.OWN, killer.source());
      killer.left.set(kills);
      var failure = catchThrowable(() -> platform.seed(seed(SEED)));
      finished = !killer.hasKilled();
      assertThat(failure == null).as("%s", failure).isEqualTo(finished);
      assertThat(rowsOfAnyFilling()).isIn(emptied, complete);
      node().seed(seed(SEED));
      assertThat(rowsOfAnyFilling()).isEqualTo(complete);
    }
    assertThat(kills).isGreaterThan(20);
  }

  @Test
  void a_kill_at_any_statement_of_a_reset_leaves_the_objects_from_before_or_the_seed() {
    var reset = node().seed(seed(SEED));
    var complete = rows();
    changeEverything();
    var changed = rows();
    var kills = 0;
    for (var finished = false; !finished; kills++) {
      var killer = new Killer(Integer.MAX_VALUE);
      var killed = node(AccessMode.OWN, killer.source()).seed(seed(SEED));
      killer.left.set(kills);
      var failure = catchThrowable(killed::run);
      finished = !killer.hasKilled();
      assertThat(failure == null).as("%s", failure).isEqualTo(finished);
      assertThat(rows()).isEqualTo(finished ? complete : changed);
    }
    assertThat(kills).isGreaterThan(20);
    reset.run();
    assertThat(rows()).isEqualTo(complete);
  }

  @Test
  void requests_during_resets_succeed_or_fail_cleanly() throws Exception {
    var platform = node();
    var reset = platform.seed(seed(SEED));
    var before = rows();
    var stop = new AtomicBoolean();
    var rows = new TestRows(dataSource);
    var requests =
        List.<Runnable>of(
            () -> connections.add(CAUSE, newConnection(SUPERSTRUCTURE, DECK), Limits.NONE),
            () -> connections.add(CAUSE, newConnection(SUPERSTRUCTURE, DECK), new Limits(5, 5)),
            () -> connections.remove(CAUSE, NIGHTLY, Precondition.NONE),
            () -> {
              var iTwin = rows.newITwin("ann");
              rows.newIModel(iTwin, "ann");
              rows.newIModel(BRIDGE, "ann");
            },
            () ->
                rows.iTwins()
                    .list(
                        new ITwinFilter(null, null, null, null, null, null, null, false),
                        null,
                        new Order<>(SortKey.CREATED, false),
                        PageRequest.of(null, null)));
    try (var threads = Executors.newFixedThreadPool(requests.size())) {
      var running =
          requests.stream()
              .map(request ->
                  threads.submit(() -> {
                    while (!stop.get()) {
                      request.run();
                    }
                  }))
              .toList();
      try {
        for (int i = 0; i < 30; i++) {
          reset.run();
        }
      } finally {
        stop.set(true);
      }
      for (var each : running) {
        each.get();
      }
    }
    reset.run();
    assertThat(rows()).isEqualTo(before);
  }
}
