package io.storageconnections.adapter.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.storageconnections.application.run.ExecuteRun;
import io.storageconnections.application.run.ExecuteRun.Done;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What engines promise on every database. */
abstract class RunEngineContracts {

  private final List<AutoCloseable> opened = new ArrayList<>();
  Queue queue;

  /** Returns the database, with all tables. */
  abstract DataSource database();

  @BeforeEach
  void emptyQueue() {
    queue = new Queue(database());
    queue.execute("delete from " + Queue.TABLE);
  }

  @AfterEach
  void closeAll() throws Exception {
    for (var resource : opened.reversed()) {
      resource.close();
    }
  }

  /** Returns a pool of its own, as each engine has one. */
  DataSource pool(DataSource dataSource) {
    var config = new HikariConfig();
    config.setDataSource(dataSource);
    config.setMaximumPoolSize(4);
    config.setConnectionTimeout(1000);
    var pool = new HikariDataSource(config);
    opened.add(pool);
    return pool;
  }

  RunEngineBuilder engine(String node, ExecuteRun runs) {
    return engine(node, runs, pool(database()));
  }

  RunEngineBuilder engine(String node, ExecuteRun runs, DataSource dataSource) {
    return new RunEngineBuilder(dataSource, clock -> runs)
        .node(node)
        .pollingInterval(Duration.ofMillis(50))
        .heartbeat(Duration.ofMillis(250))
        .missedHeartbeats(4)
        .shutdownBound(Duration.ofSeconds(10));
  }

  RunEngine started(RunEngineBuilder builder) {
    var engine = builder.build();
    opened.add(engine);
    engine.start();
    return engine;
  }

  @Test
  void aQueuedRunIsExecutedAndLeavesTheQueue() {
    var runs = new RecordedRuns((run, worker) -> new Done());
    var run = Queue.newRun();
    started(engine("a", runs));

    queue.enqueue(run);

    Await.until("the queue is empty", () -> queue.size() == 0);
    assertThat(runs.workersOf(run)).hasSize(1);
    assertThat(runs.workersOf(run).getFirst().node()).isEqualTo("a");
  }

  @Test
  void aRunIsExecutedByOneWorkerAtATimeAlthoughTwoEnginesPoll() {
    var runs =
        new RecordedRuns((run, worker) -> {
          Thread.sleep(5);
          return worker.fence() < 6 ? new ExecuteRun.Again(Instant.EPOCH) : new Done();
        });
    var queued = Queue.newRuns(40);
    queued.forEach(queue::enqueue);
    started(engine("a", runs).workers(8));
    started(engine("b", runs).workers(8));

    Await.until("the queue is empty", () -> queue.size() == 0);

    assertThat(runs.violations()).isEmpty();
    assertThat(queued)
        .allSatisfy(run ->
            assertThat(runs.workersOf(run))
                .extracting(ExecuteRun.Worker::fence)
                .containsExactly(2L, 4L, 6L));
  }
}
