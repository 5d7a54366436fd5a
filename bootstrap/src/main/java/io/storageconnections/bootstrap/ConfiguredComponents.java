package io.storageconnections.bootstrap;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.storageconnections.adapter.auth.DevelopmentIssuer;
import io.storageconnections.adapter.connectors.CommandConnector;
import io.storageconnections.adapter.connectors.ConfiguredConnectors;
import io.storageconnections.adapter.connectors.SimulatedConnector;
import io.storageconnections.adapter.http.link.BaseUrl;
import io.storageconnections.adapter.persistence.Database;
import io.storageconnections.application.port.Connectors;
import io.storageconnections.application.port.RunScripts;
import io.storageconnections.bootstrap.process.DataFolder;
import io.storageconnections.bootstrap.settings.ConnectorSetting;
import io.storageconnections.bootstrap.settings.Setting;
import io.storageconnections.bootstrap.settings.Settings;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.embedded.RunWorkersBuilder;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Creates the components that settings describe. */
final class ConfiguredComponents {

  private static final Duration LEASE_MAX = Duration.ofSeconds(30);
  private static final Duration GRACE_MAX = Duration.ofSeconds(10);

  private final Settings settings;

  ConfiguredComponents(Settings settings) {
    this.settings = settings;
  }

  /**
   * Returns a builder of the server that the settings describe.
   *
   * @throws java.io.UncheckedIOException if the server needs the data folder and cannot write to it
   */
  SynchronizationServerBuilder server() {
    if (settings.hasDevelopmentIssuer()
        || settings.isBlobFolderInDataFolder()
        || !settings.typesWithCommand().isEmpty()) {
      DataFolder.prepare(settings.dataFolder());
    }
    prepareFolderOfDatabase();
    var server =
        SynchronizationServer.builder()
            .host(settings.textOrDefault(Setting.HTTP_HOST))
            .port(settings.number(Setting.HTTP_PORT))
            .idleTimeout(settings.duration(Setting.HTTP_IDLE_TIMEOUT))
            .database(
                settings.databaseUrl(),
                settings.text(Setting.DATABASE_USER),
                settings.text(Setting.DATABASE_PASSWORD),
                settings.number(Setting.DATABASE_POOL_SIZE))
            .migrate(settings.isTrue(Setting.DATABASE_MIGRATE))
            .developmentKeyIn(settings.dataFolder())
            .uploadLifetime(settings.duration(Setting.UPLOAD_LIFETIME))
            .development(settings.isTrue(Setting.DEVELOPMENT))
            .console(settings.hasConsole())
            .consoleOrigins(settings.consoleOrigins())
            .policy(settings.policy())
            .limits(settings.limits())
            .auditRetention(settings.duration(Setting.AUDIT_RETENTION))
            .runWorkers(settings.number(Setting.RUNS_WORKERS))
            .runRules(settings.runRules())
            .runExecution(this::configureWorkers)
            .connectors(this::connectors)
            .requestsPerMinute(settings.number(Setting.RATE_LIMIT_REQUESTS_PER_MINUTE))
            // That of an agent, if the process has one.
            .openTelemetry(GlobalOpenTelemetry.get());
    if (settings.isTrue(Setting.LOG_REQUESTS)) {
      server.observeRequests(new RequestLogger());
    }
    if (settings.text(Setting.MANAGEMENT_PORT) != null) {
      server.management(
          settings.textOrDefault(Setting.MANAGEMENT_HOST),
          settings.number(Setting.MANAGEMENT_PORT));
    }
    var publicUrl = settings.url(Setting.PUBLIC_URL);
    if (publicUrl != null) {
      server.publicUrl(publicUrl);
    }
    var apiUrl = settings.url(Setting.API_URL);
    if (apiUrl != null) {
      server.apiUrl(apiUrl);
    }
    var platform = settings.url(Setting.PLATFORM_URL);
    if (platform != null) {
      server.platform(
          platform,
          settings.isTrue(Setting.PLATFORM_FILE_CHECK),
          settings.duration(Setting.PLATFORM_CACHE));
    }
    switch (settings.textOrDefault(Setting.IMODELS_DIRECTORY)) {
      case "open" -> server.localPlatform(true, settings.blobFolder());
      case "own" -> server.localPlatform(false, settings.blobFolder());
      default -> {
        // The setting of the platform's URL is set with this directory only.
      }
    }
    var issuer = settings.url(Setting.AUTH_ISSUER);
    if (issuer != null) {
      server.issuer(issuer);
    }
    var consoleClient = settings.text(Setting.CONSOLE_CLIENT_ID);
    if (consoleClient != null) {
      server.consoleClient(consoleClient);
    }
    var clientId = settings.text(Setting.PLATFORM_CLIENT_ID);
    var clientSecret = settings.text(Setting.PLATFORM_CLIENT_SECRET);
    if (issuer != null && clientId != null && clientSecret != null) {
      server.platformClient(issuer, clientId, clientSecret);
    }
    var audience = settings.text(Setting.AUTH_AUDIENCE);
    if (audience != null) {
      server.audience(audience);
    }
    return server;
  }

  private void configureWorkers(RunWorkersBuilder workers) {
    workers
        .retries(settings.retryPolicy())
        .timeLimit(settings.duration(Setting.RUNS_TIME_LIMIT))
        .engine(engine ->
            engine
                .pollingInterval(settings.duration(Setting.RUNS_POLLING_INTERVAL))
                .heartbeat(settings.duration(Setting.RUNS_HEARTBEAT))
                .missedHeartbeats(settings.number(Setting.RUNS_MISSED_HEARTBEATS)));
  }

  private Connectors connectors(RunScripts scripts) {
    var connectors =
        settings.hasSimulator()
            ? ConfiguredConnectors.of(new SimulatedConnector(scripts))
            : ConfiguredConnectors.none();
    for (var type : settings.typesWithCommand()) {
      connectors = connectors.with(type, command(type));
    }
    return connectors;
  }

  private CommandConnector command(ConnectorType type) {
    var argv =
        CommandConnector.parseCommand(settings.text(type, ConnectorSetting.COMMAND).orElseThrow());
    var connector =
        CommandConnector.builder(argv, settings.connectorFolder())
            .serverEnvironment(settings.environment())
            .lease(leaseOfConnectors())
            .grace(graceOfConnectors())
            .bareExitCode(
                settings
                    .text(type, ConnectorSetting.BARE_EXIT_CODE)
                    .map(Boolean::parseBoolean)
                    .orElse(false));
    settings
        .text(type, ConnectorSetting.ENVIRONMENT)
        .ifPresent(names -> connector.environmentNames(Set.copyOf(List.of(names.split(",", -1)))));
    settings.duration(type, ConnectorSetting.TIME_LIMIT).ifPresent(connector::timeLimit);
    settings.duration(type, ConnectorSetting.SILENCE_LIMIT).ifPresent(connector::silenceLimit);
    settings.diskLimit(type).ifPresent(connector::diskLimit);
    return connector.build();
  }

  /** With the grace, shorter than the time until the take-over: two connectors never overlap. */
  private Duration leaseOfConnectors() {
    return shorter(LEASE_MAX, settings.untilTakeOver().dividedBy(2));
  }

  private Duration graceOfConnectors() {
    return shorter(GRACE_MAX, settings.untilTakeOver().multipliedBy(2).dividedBy(5));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /**
   * Opens the database. The caller closes it.
   *
   * @throws java.io.UncheckedIOException if the database is in the data folder, and the server
   *     cannot write to it
   */
  Database database() {
    prepareFolderOfDatabase();
    return Database.open(
        settings.databaseUrl(),
        settings.text(Setting.DATABASE_USER),
        settings.text(Setting.DATABASE_PASSWORD),
        settings.number(Setting.DATABASE_POOL_SIZE));
  }

  private void prepareFolderOfDatabase() {
    if (settings.isDatabaseInDataFolder()) {
      DataFolder.prepare(settings.dataFolder());
    }
  }

  /**
   * Returns the development issuer of a server with these settings. The server need not run.
   *
   * @throws java.io.UncheckedIOException if the server cannot write to the data folder
   */
  DevelopmentIssuer developmentIssuer(Clock clock) {
    var publicUrl = settings.text(Setting.PUBLIC_URL);
    var url =
        publicUrl == null
            ? BaseUrl.ofHttp(
                settings.textOrDefault(Setting.HTTP_HOST), settings.number(Setting.HTTP_PORT))
            : BaseUrl.parse(publicUrl);
    DataFolder.prepare(settings.dataFolder());
    return DevelopmentIssuer.withKeyIn(
        settings.dataFolder(),
        URI.create(url.toString()),
        settings.text(Setting.AUTH_AUDIENCE),
        clock);
  }
}
