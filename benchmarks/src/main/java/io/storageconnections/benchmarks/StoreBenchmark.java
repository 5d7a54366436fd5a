package io.storageconnections.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.storageconnections.adapter.persistence.JooqStorageConnectionStore;
import io.storageconnections.adapter.persistence.Migrations;
import io.storageconnections.application.outcome.Failure.OfCreation;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.StorageConnectionStore.Added;
import io.storageconnections.domain.connection.AuthenticationType;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.DisplayName;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.NewConnection;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.domain.connection.StorageConnection;
import io.storageconnections.domain.connection.StorageFileId;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Measures adding a connection with two files, and finding one of {@value #PRESENT}. The benchmark
 * starts its own PostgreSQL, unless the system property {@code postgresql} has a JDBC URL.
 */
// JMH calls the setup, which sets the fields, before it calls any benchmark.
@NullUnmarked
public class StoreBenchmark extends Measured {

  private static final int PRESENT = 1_000;
  private static final Limits NO_LIMITS = new Limits(0, 0);
  private static final ITwinId ITWIN = new ITwinId(UUID.randomUUID());

  @Param({"h2", "postgresql"})
  private String database;

  private EmbeddedPostgres postgres;
  private HikariDataSource pool;
  private JooqStorageConnectionStore store;
  private List<ConnectionId> present;

  @Setup
  public void start() throws IOException {
    pool = new HikariDataSource();
    pool.setMaximumPoolSize(32);
    pool.setJdbcUrl(url());
    Migrations.run(pool);
    store = JooqStorageConnectionStore.on(pool);
    present = Stream.generate(this::added).limit(PRESENT).toList();
  }

  private String url() throws IOException {
    if (database.equals("h2")) {
      return "jdbc:h2:mem:benchmark";
    }
    var given = System.getProperty("postgresql");
    if (given != null) {
      return given;
    }
    postgres = EmbeddedPostgres.start();
    return postgres.getJdbcUrl("postgres", "postgres");
  }

  private ConnectionId added() {
    var connection = connection();
    if (!(store.add(connection, NO_LIMITS) instanceof Outcome.Success)) {
      throw new IllegalStateException("a connection was not added");
    }
    return connection.id();
  }

  private static NewConnection connection() {
    var now = Instant.now();
    return new NewConnection(
        new StorageConnection(
            new ConnectionId(new IModelId(UUID.randomUUID()), UUID.randomUUID()),
            ITWIN,
            new DisplayName("30"),
            AuthenticationType.USER,
            now),
        List.of(file(now), file(now)));
  }

  private static SourceFile file(Instant now) {
    return new SourceFile(
        new SourceFileId(UUID.randomUUID()),
        new StorageFileId(ITWIN, UUID.randomUUID()),
        ConnectorType.MSTN,
        now);
  }

  @TearDown
  public void stop() throws IOException {
    pool.close();
    if (postgres != null) {
      postgres.close();
    }
  }

  @Benchmark
  public Outcome<Added, OfCreation> add() {
    return store.add(connection(), NO_LIMITS);
  }

  @Benchmark
  public Optional<StorageConnection> find() {
    return store.find(present.get(ThreadLocalRandom.current().nextInt(PRESENT)));
  }
}
