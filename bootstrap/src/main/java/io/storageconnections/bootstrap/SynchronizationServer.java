package io.storageconnections.bootstrap;

import static java.util.Objects.requireNonNull;

import io.storageconnections.adapter.auth.DevelopmentIssuer;
import io.storageconnections.adapter.auth.JwtTokenVerifier;
import io.storageconnections.adapter.http.BaseUrl;
import io.storageconnections.adapter.http.HttpApi;
import io.storageconnections.adapter.http.HttpServer;
import io.storageconnections.adapter.http.Links;
import io.storageconnections.adapter.http.Listener;
import io.storageconnections.adapter.persistence.Database;
import io.storageconnections.adapter.persistence.JooqRequestAllowance;
import io.storageconnections.adapter.persistence.JooqStorageConnectionStore;
import io.storageconnections.adapter.persistence.Migrations;
import io.storageconnections.adapter.persistence.OpenIModelDirectory;
import io.storageconnections.application.UseCases;
import io.storageconnections.application.port.out.TokenIssuer.AccessToken;
import jakarta.validation.Validator;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server: the adapters that the settings choose, wired around the use cases. */
final class SynchronizationServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SynchronizationServer.class);

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final BaseUrl address;
  private final BaseUrl url;
  private final @Nullable DevelopmentIssuer developmentIssuer;

  /**
   * Starts a server.
   *
   * @throws RuntimeException if something it needs is not to be had; nothing stays open then
   */
  static SynchronizationServer start(Settings settings, Validator validator) {
    return new SynchronizationServer(settings, validator);
  }

  private SynchronizationServer(Settings settings, Validator validator) {
    try {
      var clock = Clock.systemUTC();
      var listener = open(Listener.on(settings.httpHost(), settings.port()));
      address = settings.addressAt(listener.port());
      url = settings.publicUrlBeside(address);
      developmentIssuer =
          settings.hasDevelopmentIssuer() ? developmentIssuer(settings, url, clock) : null;
      var verifier = open(verifier(settings, developmentIssuer, clock));

      var database = open(database(settings));
      if (settings.migrates()) {
        Migrations.run(database.dataSource());
      } else {
        requireUpToDate(database);
      }
      var store = JooqStorageConnectionStore.on(database.dataSource());
      var iModels = OpenIModelDirectory.on(database.dataSource());
      // Nobody else can be at an embedded database.
      var allowance =
          settings.hasDatabaseOfManyNodes() ? JooqRequestAllowance.on(database.dataSource()) : null;

      var useCases =
          UseCases.on(store, iModels, settings.limits(), validator, clock, UUID::randomUUID);
      var links = new Links(url, settings.apiUrlBeside(url));
      var api = new HttpApi(useCases, verifier, links, settings.requestsPerMinute(), allowance);
      open(HttpServer.start(listener, api, developmentIssuer));
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
  }

  static Database database(Settings settings) {
    return Database.open(
        settings.databaseUrlOrDefault(),
        settings.databaseUser(),
        settings.databasePassword(),
        settings.poolSize());
  }

  private static void requireUpToDate(Database database) {
    int missing = Migrations.missing(database.dataSource());
    if (missing > 0) {
      throw new OutdatedDatabaseException(missing);
    }
  }

  static DevelopmentIssuer developmentIssuer(Settings settings, BaseUrl url, Clock clock) {
    return DevelopmentIssuer.keptIn(
        settings.data(), URI.create(url.toString()), settings.authAudience(), clock);
  }

  private static JwtTokenVerifier verifier(
      Settings settings, @Nullable DevelopmentIssuer developmentIssuer, Clock clock) {
    return developmentIssuer == null
        ? JwtTokenVerifier.forIssuer(
            URI.create(requireNonNull(settings.authIssuer())), settings.authAudience(), clock)
        : JwtTokenVerifier.forDevelopment(developmentIssuer, settings.authAudience(), clock);
  }

  private <T extends AutoCloseable> T open(T resource) {
    opened.push(resource);
    return resource;
  }

  /** Where it listens. */
  BaseUrl address() {
    return address;
  }

  /** Where it says that it is reached. */
  BaseUrl url() {
    return url;
  }

  /** A token of the development issuer, if it is the one that is trusted here. */
  Optional<AccessToken> developmentToken(String client) {
    return Optional.ofNullable(developmentIssuer).map(issuer -> issuer.issue(client));
  }

  /** Finishes what is in flight, then closes what was opened, last first. */
  @Override
  public void close() {
    while (!opened.isEmpty()) {
      var resource = opened.pop();
      try {
        resource.close();
      } catch (Exception e) {
        LOG.warn("{} did not close", resource.getClass().getSimpleName(), e);
      }
    }
  }
}
