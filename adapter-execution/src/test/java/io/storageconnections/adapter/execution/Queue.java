package io.storageconnections.adapter.execution;

import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.RunId;
import io.storageconnections.domain.run.RunKey;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** The table of queued runs in a test. */
record Queue(DataSource dataSource) {

  static final String TABLE = "storage_connection_run_execution";

  static RunKey newRun() {
    var iModel = new IModelId(UUID.randomUUID());
    return new RunKey(new ConnectionId(iModel, UUID.randomUUID()), new RunId(UUID.randomUUID()));
  }

  static List<RunKey> newRuns(int count) {
    var runs = new ArrayList<RunKey>();
    for (var i = 0; i < count; i++) {
      runs.add(newRun());
    }
    return runs;
  }

  /** Enqueues a run in a transaction of its own. */
  void enqueue(RunKey run, int priority, Instant now) {
    try (var connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      new RunExecutions().enqueue(connection, run, priority, now);
      connection.commit();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  void enqueue(RunKey run) {
    enqueue(run, 0, Instant.now());
  }

  void enqueueAll(List<RunKey> runs) {
    runs.forEach(this::enqueue);
  }

  int size() {
    return (int) number("select count(*) from " + TABLE);
  }

  List<RunKey> runs() {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery("select task_instance from " + TABLE)) {
      var runs = new ArrayList<RunKey>();
      while (row.next()) {
        runs.add(RunKey.parse(row.getString(1)));
      }
      return runs;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** The execution time as the database sees it: whole seconds since the epoch. */
  long secondsOf(RunKey run) {
    return number(
        "select cast(floor(extract(epoch from execution_time)) as bigint) from "
            + TABLE
            + " where task_instance = '"
            + run
            + "'");
  }

  int picked() {
    return (int) number("select count(*) from " + TABLE + " where picked = true");
  }

  Instant executionTime(RunKey run) {
    try (var connection = dataSource.getConnection();
        var statement =
            connection.prepareStatement(
                "select execution_time from " + TABLE + " where task_instance = ?")) {
      statement.setString(1, run.toString());
      try (var row = statement.executeQuery()) {
        return row.next() ? row.getObject(1, OffsetDateTime.class).toInstant() : Instant.MIN;
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  void execute(String sql) {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  long number(String sql) {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
