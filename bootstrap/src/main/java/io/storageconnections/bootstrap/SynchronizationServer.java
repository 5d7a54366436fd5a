package io.storageconnections.bootstrap;

import io.storageconnections.adapter.auth.DevelopmentIssuer;
import io.storageconnections.adapter.auth.JwtTokenVerifier;
import io.storageconnections.adapter.auth.TokenPolicy;
import io.storageconnections.adapter.http.BoundSocket;
import io.storageconnections.adapter.http.ConsoleRoutes;
import io.storageconnections.adapter.http.DevelopmentRoutes;
import io.storageconnections.adapter.http.HttpApi;
import io.storageconnections.adapter.http.HttpServer;
import io.storageconnections.adapter.http.RouteGroup;
import io.storageconnections.adapter.http.link.BaseUrl;
import io.storageconnections.adapter.http.link.Links;
import io.storageconnections.adapter.http.port.ConnectorScripts;
import io.storageconnections.adapter.http.port.RequestObserver;
import io.storageconnections.adapter.http.port.TokenVerifier;
import io.storageconnections.adapter.persistence.Database;
import io.storageconnections.adapter.persistence.JooqRequestAllowance;
import io.storageconnections.adapter.persistence.JooqRunScripts;
import io.storageconnections.adapter.persistence.Migrations;
import io.storageconnections.application.UseCases;
import io.storageconnections.application.port.RunScripts;
import io.storageconnections.application.port.SourceContents;
import io.storageconnections.embedded.RunWorkers;
import io.storageconnections.embedded.StorageConnectionsService;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server: the use cases with their adapters. Several servers may run in one process; they
 * share no state. Thread-safe.
 *
 * <p>A server reads no environment variable, system property or settings file. {@link #close()}
 * ends every thread and closes every resource that the server has opened.
 */
public final class SynchronizationServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SynchronizationServer.class);

  private final Deque<AutoCloseable> opened = new ConcurrentLinkedDeque<>();
  private boolean closedCleanly = true;
  private final BaseUrl address;
  private final BaseUrl url;
  private final boolean hasConsole;
  private final @Nullable DevelopmentIssuer developmentIssuer;
  private final TokenPolicy policy;
  private final @Nullable Runnable reset;
  private final RunScripts scripts;
  private final TracedRuns tracedRuns;
  private final @Nullable ServedManagement management;
  private final Instruments instruments;

  SynchronizationServer(SynchronizationServerBuilder builder) {
    policy = builder.policy;
    tracedRuns = new TracedRuns(builder.openTelemetry);
    management =
        builder.management == null
            ? null
            : ServedManagement.at(builder.management, builder.profile());
    instruments = management == null ? Instruments.NONE : management.instruments();
    try {
      var seed = seed(builder);
      // First, so that a port in use is reported before the server opens a database.
      var socket = open(BoundSocket.on(builder.host, builder.port));
      address = BaseUrl.ofHttp(builder.host, socket.port());
      url = builder.publicUrl == null ? address : builder.publicUrl;
      hasConsole = builder.console;
      developmentIssuer = builder.hasDevelopmentIssuer() ? developmentIssuer(builder, url) : null;
      var verifier = instruments.verifier().apply(verifier(builder));
      var database = builder.dataSource == null ? open(builder.database.get()) : null;
      var dataSource =
          database == null ? Objects.requireNonNull(builder.dataSource) : database.dataSource();
      if (database != null) {
        instruments.pool().accept(database);
      }
      var allowance = JooqRequestAllowance.on(dataSource);
      var links = new Links(url, apiUrl(builder));
      var local = localPlatform(builder, dataSource);
      scripts = JooqRunScripts.on(dataSource);
      var service = service(builder, dataSource, local);
      var useCases = useCases(service, local);
      var api =
          HttpApi.builder(instruments.useCases().apply(useCases))
              .bearerTokens(verifier)
              .links(links)
              .rateLimitObserver(instruments.rateLimit())
              .openTelemetry(builder.openTelemetry);
      allowance.ifPresentOrElse(
          shared -> api.rateLimit(builder.requestsPerMinute, shared::lease),
          () -> api.rateLimit(builder.requestsPerMinute));
      var tokenIssuer =
          developmentIssuer == null
              ? null
              : new DevelopmentTokenIssuer(developmentIssuer, builder.policy.allNames());
      var routes = new ArrayList<RouteGroup>();
      if (local != null) {
        routes.add(local.routes());
      }
      if (builder.console) {
        routes.add(ServedConsole.routes(builder, links));
      }
      // Before workers and the API: if another process has taken the port, they have done nothing.
      if (management != null) {
        management.database(dataSource, service.useCases(), builder.clock);
        if (local != null) {
          management.localPlatform(local, dataSource);
        }
        management.start();
      }
      reset = local == null ? null : local.start(useCases, seed);
      var workers = startWorkers(builder, service, database, dataSource, local);
      if (management != null) {
        management.workers(workers);
      }
      // Closed after the listener, so that requests do not wait for it.
      var auditRetention = open(new AuditRetention(useCases.removeExpiredAudit()));
      open(
          HttpServer.start(
              socket,
              api.build(),
              routes,
              tokenIssuer,
              builder.hasDevelopmentRoutes()
                  ? DevelopmentRoutes.withReset(
                      reset,
                      new ConnectorScripts(
                          scripts::setForFile, scripts::setForConnectorType, scripts::clear))
                  : null,
              requestObservers(builder),
              management == null,
              builder.idleTimeout));
      auditRetention.start();
      if (management != null) {
        management.started();
      }
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
  }

  private List<RequestObserver> requestObservers(SynchronizationServerBuilder builder) {
    return Stream.concat(builder.requestObservers.stream(), instruments.requests().stream())
        .toList();
  }

  private static @Nullable SeedFile seed(SynchronizationServerBuilder builder) {
    return builder.seed == null ? null : builder.seed.get();
  }

  private static DevelopmentIssuer developmentIssuer(
      SynchronizationServerBuilder builder, BaseUrl url) {
    var issuer = URI.create(url.toString());
    return builder.developmentKeyFolder == null
        ? DevelopmentIssuer.inMemory(issuer, builder.audience, builder.clock)
        : DevelopmentIssuer.withKeyIn(
            builder.developmentKeyFolder, issuer, builder.audience, builder.clock);
  }

  private BaseUrl apiUrl(SynchronizationServerBuilder builder) {
    if (builder.apiUrl != null) {
      return builder.apiUrl;
    }
    return builder.platform == null ? url : BaseUrl.parse(builder.platform.url().toString());
  }

  private TokenVerifier verifier(SynchronizationServerBuilder builder) {
    var jwt = builder.verifier == null ? open(jwtVerifier(builder)) : null;
    if (management != null) {
      management.issuer(jwt);
    }
    return jwt == null ? Objects.requireNonNull(builder.verifier) : jwt::verify;
  }

  private JwtTokenVerifier jwtVerifier(SynchronizationServerBuilder builder) {
    if (builder.issuer != null) {
      return JwtTokenVerifier.forIssuer(
          builder.issuer, builder.audience, builder.policy, builder.clock);
    }
    if (developmentIssuer == null) {
      throw new IllegalStateException("there is no issuer");
    }
    return JwtTokenVerifier.forDevelopment(
        developmentIssuer, builder.audience, builder.policy, builder.clock);
  }

  private @Nullable ServedPlatform localPlatform(
      SynchronizationServerBuilder builder, DataSource dataSource) {
    var options = builder.localPlatform;
    if (options == null) {
      return null;
    }
    if (builder.migrate) {
      ServedPlatform.migrate(dataSource);
    } else {
      requireUpToDate(ServedPlatform.missingMigrations(dataSource));
    }
    var blobFolder =
        options.blobFolder() == null ? open(new TemporaryFolder()).path() : options.blobFolder();
    return open(
        ServedPlatform.open(
            options.isOpen(),
            blobFolder,
            builder.uploadLifetime,
            dataSource,
            url,
            builder.clock,
            builder.ids));
  }

  private StorageConnectionsService service(
      SynchronizationServerBuilder builder,
      DataSource dataSource,
      @Nullable ServedPlatform localPlatform) {
    if (!builder.migrate) {
      requireUpToDate(Migrations.missing(dataSource));
    }
    var service =
        StorageConnectionsService.builder(dataSource)
            .migrate(builder.migrate)
            .limits(builder.limits)
            .auditRetention(builder.auditRetention)
            .connectors(
                tracedRuns.traced(
                    instruments.connectors().apply(builder.runs.connectors.apply(scripts))))
            .runRules(builder.runs.rules)
            .clock(builder.clock)
            .ids(builder.ids);
    if (builder.iModels != null) {
      service.iModels(builder.iModels);
    }
    if (localPlatform != null) {
      service.iModels(localPlatform.iModels()).storageFiles(localPlatform.storageFiles());
    }
    if (builder.platform != null) {
      if (management != null) {
        var platformHealth = new PlatformHealth();
        builder.platform.observer(platformHealth);
        management.platform(platformHealth);
      }
      var platform =
          open(builder.platform.clock(builder.clock).openTelemetry(builder.openTelemetry).build());
      service.iModels(platform).storageFiles(platform);
    }
    return open(service.build());
  }

  private static UseCases useCases(
      StorageConnectionsService service, @Nullable ServedPlatform localPlatform) {
    var connections = service.useCases();
    var useCases = localPlatform == null ? connections : localPlatform.checkedWith(connections);
    // So that a read-only database or a missing right is reported now, not by the first request.
    useCases.checkReadiness().check();
    return useCases;
  }

  /**
   * Starts the workers that execute runs; returns null if there are none.
   *
   * @param database null if the pool belongs to the host, which the workers then share
   */
  private @Nullable RunWorkers startWorkers(
      SynchronizationServerBuilder builder,
      StorageConnectionsService service,
      @Nullable Database database,
      DataSource dataSource,
      @Nullable ServedPlatform localPlatform) {
    var runs = builder.runs;
    if (runs.workers == 0) {
      return null;
    }
    var ownPool = database == null ? dataSource : poolOfWorkers(database, runs);
    var workers =
        service
            .workers(ownPool)
            .engine(engine -> engine.workers(runs.workers).onLeaseLost(instruments.leaseLost()))
            .onCompletion(instruments.runCompleted())
            .context(tracedRuns)
            .contents(sourceContents(builder, localPlatform));
    if (!builder.clock.equals(Clock.systemUTC())) {
      workers.engine(engine -> engine.clock(builder.clock));
    }
    runs.configuration.accept(workers);
    return open(workers.start());
  }

  private DataSource poolOfWorkers(Database database, ServedRuns runs) {
    var pool = open(database.another("runs", runs.connections()));
    instruments.pool().accept(pool);
    return pool.dataSource();
  }

  private SourceContents sourceContents(
      SynchronizationServerBuilder builder, @Nullable ServedPlatform localPlatform) {
    if (localPlatform != null) {
      return localPlatform.sourceContents();
    }
    var contents = builder.platformContents;
    if (builder.platform == null || contents == null) {
      return SourceContents.UNKNOWN;
    }
    return open(
        contents
            .apply(builder.platform.url().value())
            .clock(builder.clock)
            .openTelemetry(builder.openTelemetry)
            .build());
  }

  private static void requireUpToDate(int missing) {
    if (missing > 0) {
      throw new OutdatedDatabaseException(missing);
    }
  }

  private <T extends AutoCloseable> T open(T resource) {
    opened.push(resource);
    return resource;
  }

  /**
   * Returns a builder of a server.
   *
   * @return a new builder with the default configuration
   */
  public static SynchronizationServerBuilder builder() {
    return new SynchronizationServerBuilder();
  }

  /**
   * Returns the URL at which clients reach the server.
   *
   * @return an absolute URL without a slash at the end; links in answers begin with it
   */
  public URI url() {
    return URI.create(url.toString());
  }

  /**
   * Returns the address that the server listens on.
   *
   * @return an absolute URL without a slash at the end; it differs from {@link #url()} only if the
   *     server has a public URL
   */
  public URI address() {
    return URI.create(address.toString());
  }

  /**
   * Returns the URL of the console.
   *
   * @return an absolute URL at which clients reach the page; empty if the server has no console
   */
  public Optional<URI> consoleUrl() {
    return hasConsole ? Optional.of(URI.create(url + ConsoleRoutes.PATH)) : Optional.empty();
  }

  /**
   * Returns the address of the management listener.
   *
   * @return an absolute URL without a slash at the end; empty if the server has no such listener
   */
  public Optional<URI> managementAddress() {
    return Optional.ofNullable(management)
        .map(listener -> URI.create(listener.address().toString()));
  }

  /**
   * {@return whether the server accepts tokens of its own development issuer, which gives a token
   * to every caller}
   */
  public boolean hasDevelopmentIssuer() {
    return developmentIssuer != null;
  }

  /**
   * Issues an access token of the development issuer, with all scopes that the server's policy
   * names.
   *
   * @param client the client that the token names; not blank
   * @return the token, valid for one hour by this server's clock
   * @throws IllegalArgumentException if {@code client} is blank, longer than 255 characters, or
   *     contains a control character
   * @throws IllegalStateException if this server has no development issuer
   */
  public DevelopmentIssuer.AccessToken developmentToken(String client) {
    if (developmentIssuer == null) {
      throw new IllegalStateException("this server has no development issuer");
    }
    return DevelopmentTokenIssuer.withAllPermissions(developmentIssuer, policy, client);
  }

  /**
   * Returns to the seed, like {@code POST /development/reset}: removes all iTwins, iModels,
   * folders, files, connections, runs and scripts, and creates the objects of the seed again, with
   * the same ids and times. Concurrent requests see the objects from before or those from after.
   * Connectors that are at work stop.
   *
   * @throws IllegalStateException if this server has no seed
   * @throws io.storageconnections.application.port.StoreException if the database cannot answer;
   *     then nothing has changed
   */
  public void resetToSeed() {
    if (reset == null) {
      throw new IllegalStateException("this server has no seed");
    }
    reset.run();
  }

  /**
   * Returns the scripts of the server's simulated connectors, like the routes below {@code
   * /development/script}.
   *
   * @return the scripts; they are used in the attempts that begin after they are set
   */
  public RunScripts scripts() {
    return scripts;
  }

  /**
   * Stops the server: accepts no more connections, waits up to ten seconds for requests in
   * progress, then closes every resource in reverse order of opening. The management listener tells
   * from the beginning that the server is not ready, and is closed last. A second call has no
   * effect.
   */
  @Override
  public void close() {
    closeAll();
  }

  /**
   * Closes the server like {@link #close()}. A concurrent second call waits for the first.
   *
   * @return whether every resource closed without a failure
   */
  synchronized boolean closeAll() {
    if (management != null) {
      management.stopping();
    }
    for (var resource = opened.poll(); resource != null; resource = opened.poll()) {
      close(resource);
    }
    if (management != null) {
      close(management);
    }
    return closedCleanly;
  }

  private void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Throwable e) {
      // Also an error: if another build has overwritten the jar, classes cannot be loaded.
      logFailure(resource, e);
      closedCleanly = false;
    }
  }

  private static void logFailure(AutoCloseable resource, Throwable failure) {
    try {
      LOG.warn("{} did not close", resource.getClass().getSimpleName(), failure);
    } catch (LinkageError unreadable) {
      // The classes of the log cannot be loaded either. The result of closeAll() reports it.
    }
  }
}
