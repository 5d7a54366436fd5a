package io.storageconnections.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/**
 * Measures what it costs that a refused insert leaves a transaction of the host usable, on
 * PostgreSQL: a plain insert, one that ignores conflicts, and one after a savepoint. Each
 * transaction has ten inserts.
 */
// JMH calls the setup, which sets the fields, before it calls any benchmark.
@NullUnmarked
@Threads(1)
public class SavepointBenchmark extends Measured {

  private static final int INSERTS = 10;

  private EmbeddedPostgres postgres;
  private Connection connection;
  private PreparedStatement insert;
  private PreparedStatement insertUnlessPresent;

  @Setup
  public void start() throws IOException, SQLException {
    postgres = EmbeddedPostgres.start();
    connection = postgres.getPostgresDatabase().getConnection();
    try (var statement = connection.createStatement()) {
      statement.execute(
          "create table file (imodel_id uuid, file_id uuid, unique (imodel_id, file_id))");
    }
    connection.setAutoCommit(false);
    var text = "insert into file values (?, ?), (?, ?)";
    insert = connection.prepareStatement(text);
    insertUnlessPresent = connection.prepareStatement(text + " on conflict do nothing");
  }

  @TearDown
  public void stop() throws IOException, SQLException {
    connection.close();
    postgres.close();
  }

  private static int execute(PreparedStatement statement) throws SQLException {
    for (int parameter = 1; parameter <= 4; parameter++) {
      statement.setObject(parameter, UUID.randomUUID());
    }
    return statement.executeUpdate();
  }

  @Benchmark
  @OperationsPerInvocation(INSERTS)
  public void insert() throws SQLException {
    for (int i = 0; i < INSERTS; i++) {
      var unused = execute(insert);
    }
    connection.commit();
  }

  @Benchmark
  @OperationsPerInvocation(INSERTS)
  public void insertUnlessPresent() throws SQLException {
    for (int i = 0; i < INSERTS; i++) {
      var unused = execute(insertUnlessPresent);
    }
    connection.commit();
  }

  @Benchmark
  @OperationsPerInvocation(INSERTS)
  public void insertAfterSavepoint() throws SQLException {
    for (int i = 0; i < INSERTS; i++) {
      var savepoint = connection.setSavepoint();
      var unused = execute(insert);
      connection.releaseSavepoint(savepoint);
    }
    connection.commit();
  }
}
