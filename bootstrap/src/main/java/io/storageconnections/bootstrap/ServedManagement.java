package io.storageconnections.bootstrap;

import io.storageconnections.adapter.auth.JwtTokenVerifier;
import io.storageconnections.adapter.http.BoundSocket;
import io.storageconnections.adapter.http.ManagementServer;
import io.storageconnections.adapter.http.link.BaseUrl;
import io.storageconnections.adapter.http.port.ComponentHealth;
import io.storageconnections.adapter.http.port.ComponentHealth.Status;
import io.storageconnections.adapter.http.port.ManagementPages;
import io.storageconnections.adapter.http.port.ServerInfo;
import io.storageconnections.adapter.metrics.ServerMetrics;
import io.storageconnections.adapter.persistence.JooqLiveRuns;
import io.storageconnections.adapter.persistence.Migrations;
import io.storageconnections.application.UseCases;
import io.storageconnections.bootstrap.ServerHealth.State;
import io.storageconnections.embedded.RunWorkers;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The management listener of a server, and what it tells. A server reserves its port first, begins
 * to listen when the database is open, before workers and the API start, and closes it last. It
 * tells that the server starts, and until the end that it stops.
 */
final class ServedManagement implements ManagementPages, AutoCloseable {

  private final BoundSocket socket;
  private final BaseUrl address;
  private final ServerMetrics metrics = new ServerMetrics();
  private final ServerHealth health = new ServerHealth();
  private final BuildInfo build = BuildInfo.read();
  private final ServerInfo.Profile profile;
  private final MigrationCounts migrations = new MigrationCounts();
  private @Nullable ManagementServer server;

  /**
   * Where the listener listens.
   *
   * @param port 0 for any free port
   */
  record Address(String host, int port) {}

  private ServedManagement(Address at, BoundSocket socket, ServerInfo.Profile profile) {
    this.socket = socket;
    this.address = BaseUrl.ofHttp(at.host(), socket.port());
    this.profile = profile;
    var commit = build.commit();
    metrics.describe(build.version(), commit == null ? "unknown" : commit);
  }

  /**
   * Reserves the port.
   *
   * @throws java.io.UncheckedIOException if the server cannot listen on it
   */
  static ServedManagement at(Address address, ServerInfo.Profile profile) {
    var socket = BoundSocket.on(address.host(), address.port());
    try {
      return new ServedManagement(address, socket, profile);
    } catch (RuntimeException failure) {
      socket.close();
      throw failure;
    }
  }

  BaseUrl address() {
    return address;
  }

  Instruments instruments() {
    return Instruments.of(metrics);
  }

  void database(DataSource dataSource, UseCases useCases, Clock clock) {
    health.addRequired("database", () -> useCases.checkReadiness().check());
    var liveRuns = JooqLiveRuns.on(dataSource);
    metrics.liveRuns(liveRuns::count, clock);
    migrations.add("connections", dataSource, Migrations::applied, Migrations::missing);
  }

  void localPlatform(ServedPlatform platform, DataSource dataSource) {
    health.addRequired("local platform", platform::checkDatabase);
    health.addRequired("blob folder", platform::checkBlobFolder);
    migrations.add(
        "local-platform",
        dataSource,
        ServedPlatform::appliedToPlatform,
        ServedPlatform::missingOfPlatform);
  }

  void platform(PlatformHealth platform) {
    health.add("iTwin Platform", false, platform::state);
  }

  void issuer(@Nullable JwtTokenVerifier verifier) {
    health.add(
        "issuer keys",
        false,
        () -> verifier == null ? new State(Status.UNKNOWN, "of the host") : stateOfKeys(verifier));
  }

  private static State stateOfKeys(JwtTokenVerifier verifier) {
    return switch (verifier.keyState()) {
      case READ -> State.UP;
      case NOT_READ -> new State(Status.UNKNOWN, "no token has arrived yet");
      case STALE ->
          new State(
              Status.DOWN,
              "the issuer's keys cannot be read; tokens are verified with those that are known."
                  + " The log has the cause");
      case UNAVAILABLE ->
          new State(
              Status.DOWN,
              "the issuer's keys cannot be read, and no token can be verified. The log has the"
                  + " cause");
    };
  }

  /** Adds the workers. A node whose workers do not reach the queue still serves requests. */
  void workers(@Nullable RunWorkers workers) {
    health.add(
        "workers",
        false,
        () -> {
          if (workers == null) {
            return new State(Status.UP, "this node executes no runs");
          }
          return workers.reachesQueue()
              ? State.UP
              : new State(Status.DOWN, "the queue of runs does not answer");
        });
  }

  /**
   * Begins to answer that the server starts.
   *
   * @throws java.io.UncheckedIOException if another process listens at the port by now
   */
  void start() {
    server = ManagementServer.start(socket, this);
  }

  /** From now on the server is ready if its parts are. */
  void started() {
    health.started();
  }

  /** From now on the server is not ready. */
  void stopping() {
    health.stopping();
  }

  @Override
  public List<ComponentHealth> health() {
    return health.check();
  }

  @Override
  public String metrics() {
    return metrics.text();
  }

  @Override
  public ServerInfo info() {
    return new ServerInfo(
        build.version(), build.commit(), build.commitTime(), migrations.read(), profile);
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
    socket.close();
    health.close();
    migrations.close();
    metrics.close();
  }
}
