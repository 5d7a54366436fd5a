package io.storageconnections.adapter.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.adapter.persistence.Migrations;
import io.storageconnections.application.run.ExecuteRun.Done;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Engines on a PostgreSQL server. */
class PostgresRunEngineTest extends RunEngineFailureContracts {

  private static EmbeddedPostgres server;

  @BeforeAll
  static void open() {
    server = TestPostgres.start();
    Migrations.run(server.getPostgresDatabase());
  }

  @AfterAll
  static void close() throws IOException {
    server.close();
  }

  @Override
  DataSource database() {
    return server.getPostgresDatabase();
  }

  /** As when the server restarts, or a firewall drops the connections. */
  @Test
  void work_goes_on_although_the_server_ends_all_connections_again_and_again() {
    // Without a pool, so that none of its connections is ended.
    queue = new Queue(database());
    var runs =
        new RecordedRuns((run, worker) -> {
          Thread.sleep(10);
          return new Done();
        });
    var queued = Queue.newRuns(60);
    queue.enqueueAll(queued);
    started(engine("a", runs));
    started(engine("b", runs));

    for (var kills = 1; kills <= 5; kills++) {
      var begun = 8 * kills;
      Await.until("more are executed", () -> runs.order().size() >= begun);
      endAllConnections();
    }

    awaitEmptyQueue();
    assertThat(runs.violations()).isEmpty();
    assertThat(queued).allSatisfy(run -> assertThat(runs.workersOf(run)).isNotEmpty());
  }

  private static void endAllConnections() {
    new Queue(server.getPostgresDatabase())
        .number(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                + " where pid <> pg_backend_pid() and backend_type = 'client backend'");
  }
}
