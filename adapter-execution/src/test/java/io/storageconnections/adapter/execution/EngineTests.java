package io.storageconnections.adapter.execution;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.storageconnections.application.run.ExecuteRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What tests of engines on a database have in common. */
abstract class EngineTests {

  private final List<AutoCloseable> opened = new ArrayList<>();
  Queue queue;

  /** Returns the database, with all tables. */
  abstract DataSource database();

  @BeforeEach
  void emptyQueue() {
    queue = new Queue(pool(database()));
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
    config.setMinimumIdle(1);
    config.setConnectionTimeout(300);
    config.setInitializationFailTimeout(-1);
    var pool = new HikariDataSource(config);
    opened.add(pool);
    return pool;
  }

  RunEngineBuilder engine(String node, ExecuteRun runs) {
    return engine(node, runs, database());
  }

  RunEngineBuilder engine(String node, ExecuteRun runs, DataSource dataSource) {
    return new RunEngineBuilder(pool(dataSource), clock -> runs)
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

  void awaitEmptyQueue() {
    Await.until("the queue is empty", () -> queue.size() == 0);
  }
}
