package io.storageconnections.bootstrap;

import io.storageconnections.adapter.auth.DevelopmentIssuer;
import io.storageconnections.adapter.auth.JwtTokenVerifier;
import io.storageconnections.adapter.http.BoundSocket;
import io.storageconnections.adapter.http.HttpApi;
import io.storageconnections.adapter.http.HttpServer;
import io.storageconnections.adapter.http.link.BaseUrl;
import io.storageconnections.adapter.http.link.Links;
import io.storageconnections.adapter.http.security.TokenVerifier;
import io.storageconnections.adapter.persistence.Database;
import io.storageconnections.adapter.persistence.JooqRequestAllowance;
import io.storageconnections.adapter.persistence.Migrations;
import io.storageconnections.application.UseCases;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.embedded.StorageConnectionsService;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Deque;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server: the adapters that were chosen, wired around the use cases. Any number of them
 * may run in one process and know nothing of each other. Thread-safe.
 *
 * <p>It reads no environment, system property or settings file; all that it starts and opens ends
 * with {@link #close()}.
 */
public final class SynchronizationServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SynchronizationServer.class);

  private final Deque<AutoCloseable> opened = new ConcurrentLinkedDeque<>();
  private boolean closedCleanly = true;
  private final BaseUrl address;
  private final BaseUrl url;
  private final @Nullable DevelopmentIssuer developmentIssuer;

  private SynchronizationServer(Builder wanted) {
    try {
      // First, so that a port that is taken is noticed before a database is opened.
      var listener = open(BoundSocket.on(wanted.host, wanted.port));
      address = BaseUrl.ofHttp(wanted.host, listener.port());
      url = wanted.publicUrl == null ? address : wanted.publicUrl;
      developmentIssuer = wanted.hasDevelopmentIssuer() ? developmentIssuer(wanted, url) : null;
      var verifier = verifier(wanted);
      var dataSource = dataSource(wanted);
      var allowance = JooqRequestAllowance.on(dataSource).orElse(null);
      var links = new Links(url, wanted.apiUrl == null ? url : wanted.apiUrl);
      var api =
          new HttpApi(
              useCases(wanted, dataSource), verifier, links, wanted.requestsPerMinute, allowance);
      var tokenIssuer =
          developmentIssuer == null ? null : new DevelopmentTokenIssuer(developmentIssuer);
      open(HttpServer.start(listener, api, tokenIssuer, wanted.idleTimeout));
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
  }

  private static DevelopmentIssuer developmentIssuer(Builder wanted, BaseUrl url) {
    var issuer = URI.create(url.toString());
    return wanted.developmentKeyFolder == null
        ? DevelopmentIssuer.inMemory(issuer, wanted.audience, wanted.clock)
        : DevelopmentIssuer.withKeyIn(
            wanted.developmentKeyFolder, issuer, wanted.audience, wanted.clock);
  }

  private TokenVerifier verifier(Builder wanted) {
    if (wanted.verifier != null) {
      return wanted.verifier;
    }
    if (wanted.issuer != null) {
      return open(JwtTokenVerifier.forIssuer(wanted.issuer, wanted.audience, wanted.clock))::verify;
    }
    if (developmentIssuer == null) {
      throw new IllegalStateException("nobody to trust");
    }
    return open(JwtTokenVerifier.forDevelopment(developmentIssuer, wanted.audience, wanted.clock))
        ::verify;
  }

  private DataSource dataSource(Builder wanted) {
    return wanted.dataSource == null ? open(wanted.database.get()).dataSource() : wanted.dataSource;
  }

  private UseCases useCases(Builder wanted, DataSource dataSource) {
    if (!wanted.migrate) {
      requireUpToDate(dataSource);
    }
    var service =
        StorageConnectionsService.builder(dataSource)
            .migrate(wanted.migrate)
            .limits(wanted.limits)
            .clock(wanted.clock)
            .ids(wanted.ids);
    var useCases =
        open(wanted.iModels == null ? service.build() : service.iModels(wanted.iModels).build())
            .useCases();
    // A database that can only be read, or a role without a right, is told now and not by requests.
    useCases.checkReadiness().check();
    return useCases;
  }

  private static void requireUpToDate(DataSource dataSource) {
    int missing = Migrations.missing(dataSource);
    if (missing > 0) {
      throw new OutdatedDatabaseException(missing);
    }
  }

  private <T extends AutoCloseable> T open(T resource) {
    opened.push(resource);
    return resource;
  }

  /**
   * Begins to say what a server is to be like.
   *
   * @return a builder that nothing was said to yet
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Tells where clients reach it.
   *
   * @return an absolute URL without a slash at the end, which its links begin with
   */
  public URI url() {
    return URI.create(url.toString());
  }

  /**
   * Tells where it listens.
   *
   * @return what {@link #url()} is, unless something stands before the server
   */
  public URI address() {
    return URI.create(address.toString());
  }

  /**
   * {@return whether it trusts a development issuer of its own, which gives out tokens to
   * everybody}
   */
  public boolean hasDevelopmentIssuer() {
    return developmentIssuer != null;
  }

  /**
   * Issues an access token of the development issuer.
   *
   * @param client who is to be seen in it; not blank
   * @return the token, good for an hour by this server's clock
   * @throws IllegalArgumentException if {@code client} is blank
   * @throws IllegalStateException if this server trusts somebody else
   */
  public DevelopmentIssuer.AccessToken developmentToken(String client) {
    if (developmentIssuer == null) {
      throw new IllegalStateException("this server does not give out tokens");
    }
    return developmentIssuer.issue(client);
  }

  /**
   * Takes no more connections, finishes what is in flight for up to ten seconds, then closes what
   * was opened, last first. Closing twice does no harm.
   */
  @Override
  public void close() {
    closeAll();
  }

  /**
   * Does what {@link #close()} does. A second caller waits for the first.
   *
   * @return whether everything closed without a failure
   */
  synchronized boolean closeAll() {
    for (var resource = opened.poll(); resource != null; resource = opened.poll()) {
      try {
        resource.close();
      } catch (Exception e) {
        LOG.warn("{} did not close", resource.getClass().getSimpleName(), e);
        closedCleanly = false;
      }
    }
    return closedCleanly;
  }

  /**
   * What a server is to be like. If nothing is said, it listens at any free port of the loopback
   * address, keeps everything in memory, trusts a development issuer of its own, and refuses nobody
   * for asking often. What is said last counts. Not for use by several threads.
   */
  public static final class Builder {

    private String host = "127.0.0.1";
    private int port;
    private Duration idleTimeout = Duration.ofSeconds(75);
    private @Nullable BaseUrl publicUrl;
    private @Nullable BaseUrl apiUrl;
    private @Nullable DataSource dataSource;
    private Supplier<Database> database = Database::inMemory;
    private boolean migrate = true;
    private @Nullable TokenVerifier verifier;
    private @Nullable URI issuer;
    private @Nullable String audience;
    private @Nullable Path developmentKeyFolder;
    private @Nullable IModelDirectory iModels;
    private Limits limits = Limits.NONE;
    private int requestsPerMinute;
    private Clock clock = Clock.systemUTC();
    private Supplier<UUID> ids = UUID::randomUUID;

    private Builder() {}

    private boolean hasDevelopmentIssuer() {
      return verifier == null && issuer == null;
    }

    /**
     * Says which address to listen at.
     *
     * @param addressOrName an address of this machine, or a name of one; {@code 127.0.0.1} if not
     *     said
     * @return this builder
     */
    public Builder host(String addressOrName) {
      host = addressOrName;
      return this;
    }

    /**
     * Says which port to listen at.
     *
     * @param number 1 to 65535; 0, as if not said, for any free one
     * @return this builder
     */
    public Builder port(int number) {
      port = number;
      return this;
    }

    /**
     * Says for how long a connection of a client stays open without a request. A load balancer must
     * keep its idle connections for less than that, or it sends requests on closed ones.
     *
     * @param ofAConnection at least 1 ms; 75 seconds if not said
     * @return this builder
     * @throws IllegalArgumentException if it is less than 1 ms
     */
    public Builder idleTimeout(Duration ofAConnection) {
      if (ofAConnection.toMillis() < 1) {
        throw new IllegalArgumentException("shorter than 1 ms: " + ofAConnection);
      }
      idleTimeout = ofAConnection;
      return this;
    }

    /**
     * Says where clients reach the server, if something stands before it. It is also the name of
     * the development issuer.
     *
     * @param baseUrl scheme, host and perhaps a port; where the server listens if not said
     * @return this builder
     * @throws IllegalArgumentException if it has a path, or is no http or https URL
     */
    public Builder publicUrl(URI baseUrl) {
      publicUrl = BaseUrl.parse(baseUrl.toString());
      return this;
    }

    /**
     * Says where links to iModels, iTwins and Storage lead, if not to this server.
     *
     * @param baseUrl scheme, host and perhaps a port; where clients reach the server if not said
     * @return this builder
     * @throws IllegalArgumentException if it has a path, or is no http or https URL
     */
    public Builder apiUrl(URI baseUrl) {
      apiUrl = BaseUrl.parse(baseUrl.toString());
      return this;
    }

    /**
     * Says that the database is the host's.
     *
     * @param ofTheHost as {@link StorageConnectionsService#builder} wants it; stays the host's to
     *     close
     * @return this builder
     */
    public Builder dataSource(DataSource ofTheHost) {
      dataSource = Objects.requireNonNull(ofTheHost, "dataSource");
      return this;
    }

    /**
     * Says which database to open a pool on, which is closed with the server.
     *
     * @param url a JDBC URL of H2 or PostgreSQL
     * @param user who connects; null if the URL says so, or nobody needs to
     * @param password the password of {@code user}; null if the URL says it, or there is none
     * @param connections how many connections the pool may have, 1 or more; migrations take two at
     *     once
     * @return this builder
     */
    public Builder database(
        String url, @Nullable String user, @Nullable String password, int connections) {
      dataSource = null;
      database = () -> Database.open(url, user, password, connections);
      return this;
    }

    /**
     * Says whether to bring the database up to date.
     *
     * @param whether true, as if not said, to do so; false to refuse one that is older
     * @return this builder
     */
    public Builder migrate(boolean whether) {
      migrate = whether;
      return this;
    }

    /**
     * Says who judges tokens, instead of an issuer.
     *
     * @param ofTheHost the host's; stays the host's to close
     * @return this builder
     */
    public Builder tokenVerifier(TokenVerifier ofTheHost) {
      verifier = Objects.requireNonNull(ofTheHost, "tokenVerifier");
      issuer = null;
      return this;
    }

    /**
     * Says which OpenID Connect issuer to trust, instead of a development issuer.
     *
     * @param url its address, as {@link io.storageconnections.adapter.auth.IssuerUrl} says, which
     *     its keys are found by
     * @return this builder
     */
    public Builder issuer(URI url) {
      issuer = Objects.requireNonNull(url, "issuer");
      verifier = null;
      return this;
    }

    /**
     * Says whom tokens must be meant for. Of no matter to a {@link #tokenVerifier} of the host's.
     *
     * @param name what {@code aud} of a token must contain; anything will do if not said
     * @return this builder
     * @throws IllegalArgumentException if {@code name} is blank
     */
    public Builder audience(String name) {
      if (name.isBlank()) {
        throw new IllegalArgumentException("the audience is blank");
      }
      audience = name;
      return this;
    }

    /**
     * Says where to keep the development issuer's key, so that its tokens survive a restart.
     *
     * @param folder made if it is not there; the key is kept in memory if not said
     * @return this builder
     */
    public Builder developmentKeyIn(Path folder) {
      developmentKeyFolder = Objects.requireNonNull(folder, "folder");
      return this;
    }

    /**
     * Says which iModels there are, as {@link StorageConnectionsService.Builder#iModels} does.
     *
     * @param ofTheHost the host's; stays the host's to close
     * @return this builder
     */
    public Builder iModels(IModelDirectory ofTheHost) {
      iModels = Objects.requireNonNull(ofTheHost, "iModels");
      return this;
    }

    /**
     * Says what an iModel may hold.
     *
     * @param ofEachIModel the limits of every iModel alike; {@link Limits#NONE} if not said
     * @return this builder
     */
    public Builder limits(Limits ofEachIModel) {
      limits = ofEachIModel;
      return this;
    }

    /**
     * Says how many requests each client may make a minute. Servers on one PostgreSQL count
     * together.
     *
     * @param ofEachClient 1 or more; 0, as if not said, for any number
     * @return this builder
     */
    public Builder requestsPerMinute(int ofEachClient) {
      requestsPerMinute = ofEachClient;
      return this;
    }

    /**
     * Says which clock there is.
     *
     * @param ofTheHost tells when things are created, and whether tokens are in force; the system's
     *     clock if not said
     * @return this builder
     */
    public Builder clock(Clock ofTheHost) {
      clock = ofTheHost;
      return this;
    }

    /**
     * Says where the ids of what is created come from.
     *
     * @param source gives a new GUID of version 4 at each call, to several threads at once; random
     *     ones if not said
     * @return this builder
     */
    public Builder ids(Supplier<UUID> source) {
      ids = source;
      return this;
    }

    /**
     * Starts the server.
     *
     * @return the server, which its caller closes
     * @throws IllegalArgumentException if the port, a number or the issuer's address is none, the
     *     host's name cannot stand in a URL, or the database's connections are of another isolation
     *     level than READ COMMITTED
     * @throws IllegalStateException if those connections are not in auto-commit mode
     * @throws UncheckedIOException if the port is not to be had, or the development key not to be
     *     kept
     * @throws StoreException if the database cannot be reached, refuses a migration, or cannot be
     *     written to
     * @throws OutdatedDatabaseException if it is older than this server and not to be migrated
     * @throws RuntimeException whatever it throws, nothing stays open
     */
    public SynchronizationServer start() {
      return new SynchronizationServer(this);
    }
  }
}
