package io.storageconnections.bootstrap;

import io.opentelemetry.api.OpenTelemetry;
import io.storageconnections.adapter.auth.TokenPolicy;
import io.storageconnections.adapter.execution.RunEngineBuilder;
import io.storageconnections.adapter.http.ConsoleOrigin;
import io.storageconnections.adapter.http.link.BaseUrl;
import io.storageconnections.adapter.http.port.RequestObserver;
import io.storageconnections.adapter.http.port.ServerInfo;
import io.storageconnections.adapter.http.port.TokenVerifier;
import io.storageconnections.adapter.persistence.Database;
import io.storageconnections.adapter.platform.PlatformDirectory;
import io.storageconnections.adapter.platform.PlatformDirectoryBuilder;
import io.storageconnections.adapter.platform.PlatformSourceContents;
import io.storageconnections.adapter.platform.PlatformSourceContentsBuilder;
import io.storageconnections.application.port.Connectors;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.application.port.RunRules;
import io.storageconnections.application.port.RunScripts;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.embedded.RunWorkersBuilder;
import io.storageconnections.embedded.StorageConnectionsService;
import io.storageconnections.embedded.StorageConnectionsServiceBuilder;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Configures and starts a {@link SynchronizationServer}. By default the server listens on a free
 * port of the loopback address, keeps its data in memory, accepts tokens of its own development
 * issuer, and has no rate limit and no other limits. If a method is called twice, the last call
 * counts. Not thread-safe.
 */
public final class SynchronizationServerBuilder {

  private static final String IN_MEMORY = "h2-in-memory";

  String host = "127.0.0.1";
  int port;
  Duration idleTimeout = Duration.ofSeconds(75);
  @Nullable BaseUrl publicUrl;
  @Nullable BaseUrl apiUrl;
  @Nullable DataSource dataSource;
  Supplier<Database> database = Database::inMemory;
  boolean migrate = true;
  @Nullable TokenVerifier verifier;
  @Nullable URI issuer;
  @Nullable String audience;
  TokenPolicy policy = TokenPolicy.NONE;
  @Nullable Path developmentKeyFolder;
  private boolean development;
  boolean console;
  @Nullable String consoleClientId;
  List<ConsoleOrigin> consoleOrigins = List.of();
  @Nullable IModelDirectory iModels;
  @Nullable PlatformDirectoryBuilder platform;
  @Nullable Function<URI, PlatformSourceContentsBuilder> platformContents;
  ServedPlatform.@Nullable Options localPlatform;
  @Nullable Supplier<SeedFile> seed;
  Duration uploadLifetime = Duration.ofHours(1);
  final ServedRuns runs = new ServedRuns();
  Limits limits = Limits.NONE;
  Duration auditRetention = Dependencies.AUDIT_RETENTION;
  int requestsPerMinute;
  OpenTelemetry openTelemetry = OpenTelemetry.noop();
  final List<RequestObserver> requestObservers = new ArrayList<>();
  ServedManagement.@Nullable Address management;
  private String databaseKind = IN_MEMORY;
  Clock clock = Clock.systemUTC();
  Supplier<UUID> ids = UUID::randomUUID;

  SynchronizationServerBuilder() {}

  boolean hasDevelopmentIssuer() {
    return verifier == null && issuer == null;
  }

  boolean hasDevelopmentRoutes() {
    return development || hasDevelopmentIssuer();
  }

  /**
   * Sets the address to listen on. Default: {@code 127.0.0.1}.
   *
   * @param addressOrName an address of this machine, or a name of such an address
   * @return this builder
   */
  public SynchronizationServerBuilder host(String addressOrName) {
    host = addressOrName;
    return this;
  }

  /**
   * Sets the port to listen on. Default: any free port.
   *
   * @param number 1 to 65535; 0 for any free port
   * @return this builder
   */
  public SynchronizationServerBuilder port(int number) {
    port = number;
    return this;
  }

  /**
   * Adds a listener for the operator, with {@code /health/live}, {@code /health/ready}, {@code
   * /metrics} and {@code /info}, which need no token. The port of the API then has only {@code
   * /health/live} and {@code /health/ready}, and these do not tell a reason. Default: none.
   *
   * @param addressOrName an address of this machine, or a name of such an address, that only the
   *     operator reaches
   * @param number 1 to 65535; 0 for any free port, which {@link
   *     SynchronizationServer#managementAddress} tells
   * @return this builder
   */
  public SynchronizationServerBuilder management(String addressOrName, int number) {
    management =
        new ServedManagement.Address(
            Objects.requireNonNull(addressOrName, "addressOrName"), number);
    return this;
  }

  /** Returns how the server is configured, for the operator. */
  ServerInfo.Profile profile() {
    return new ServerInfo.Profile(
        directory(),
        dataSource == null ? databaseKind : "host",
        verifier != null ? "host" : issuer == null ? "development" : "oidc",
        runs.workers);
  }

  private String directory() {
    if (localPlatform != null) {
      return localPlatform.isOpen() ? "open" : "own";
    }
    if (platform != null) {
      return "platform";
    }
    return iModels == null ? "open" : "host";
  }

  private static String kind(String url) {
    var lowerCase = url.toLowerCase(Locale.ROOT);
    if (lowerCase.startsWith("jdbc:h2:mem:")) {
      return IN_MEMORY;
    }
    return lowerCase.startsWith("jdbc:h2:") ? "h2" : "postgresql";
  }

  /**
   * Sets the time after which the server closes a connection without requests. Default: 75 seconds.
   * It must be longer than the idle timeout of a load balancer; otherwise the load balancer sends
   * requests on connections that the server has closed.
   *
   * @param timeout at least 1 ms
   * @return this builder
   * @throws IllegalArgumentException if {@code timeout} is less than 1 ms
   */
  public SynchronizationServerBuilder idleTimeout(Duration timeout) {
    if (timeout.toMillis() < 1) {
      throw new IllegalArgumentException("shorter than 1 ms: " + timeout);
    }
    idleTimeout = timeout;
    return this;
  }

  /**
   * Sets the URL at which clients reach the server, for a server behind a proxy. Links in answers
   * begin with it, and it is the name of the development issuer. Default: the address that the
   * server listens on.
   *
   * @param baseUrl scheme, host and optionally a port
   * @return this builder
   * @throws IllegalArgumentException if {@code baseUrl} is not an http or https URL, or has a path
   */
  public SynchronizationServerBuilder publicUrl(URI baseUrl) {
    publicUrl = BaseUrl.parse(baseUrl.toString());
    return this;
  }

  /**
   * Sets the base URL of links to iModels, iTwins and Storage files. Default: the URL of the {@link
   * #platform}, or the public URL without one.
   *
   * @param baseUrl scheme, host and optionally a port
   * @return this builder
   * @throws IllegalArgumentException if {@code baseUrl} is not an http or https URL, or has a path
   */
  public SynchronizationServerBuilder apiUrl(URI baseUrl) {
    apiUrl = BaseUrl.parse(baseUrl.toString());
    return this;
  }

  /**
   * Sets the database to a {@code DataSource} of the host. Replaces {@link #database}.
   *
   * @param hostDataSource meets the conditions of {@link StorageConnectionsService#builder}; the
   *     server does not close it
   * @return this builder
   */
  public SynchronizationServerBuilder dataSource(DataSource hostDataSource) {
    dataSource = Objects.requireNonNull(hostDataSource, "dataSource");
    return this;
  }

  /**
   * Sets the database to a connection pool, which the server opens and closes. Default: a database
   * in memory. Replaces {@link #dataSource}.
   *
   * @param url a JDBC URL of H2 or PostgreSQL
   * @param user the user that connects; null if the URL names the user, or none is needed
   * @param password the password of {@code user}; null if the URL contains it, or none is needed
   * @param connections the maximum number of connections in the pool, {@link
   *     Database#CONNECTIONS_MIN} or more; {@link #start} refuses fewer
   * @return this builder
   */
  public SynchronizationServerBuilder database(
      String url, @Nullable String user, @Nullable String password, int connections) {
    dataSource = null;
    database = () -> Database.open(url, user, password, connections);
    databaseKind = kind(url);
    return this;
  }

  /**
   * Sets whether the server migrates the database when it starts. Default: true.
   *
   * @param enabled true to migrate the database; false to refuse a database that lacks migrations
   * @return this builder
   */
  public SynchronizationServerBuilder migrate(boolean enabled) {
    migrate = enabled;
    return this;
  }

  /**
   * Sets the token verifier. Replaces {@link #issuer} and the development issuer.
   *
   * @param hostVerifier thread-safe; the server does not close it
   * @return this builder
   */
  public SynchronizationServerBuilder tokenVerifier(TokenVerifier hostVerifier) {
    verifier = Objects.requireNonNull(hostVerifier, "tokenVerifier");
    issuer = null;
    return this;
  }

  /**
   * Sets the OpenID Connect issuer whose tokens the server accepts. The server finds the issuer's
   * keys by discovery. Replaces {@link #tokenVerifier} and the development issuer.
   *
   * @param url the issuer's URL, of the form that {@link
   *     io.storageconnections.adapter.auth.IssuerUrl} describes
   * @return this builder
   */
  public SynchronizationServerBuilder issuer(URI url) {
    issuer = Objects.requireNonNull(url, "issuer");
    verifier = null;
    return this;
  }

  /**
   * Sets the audience that the {@code aud} claim of a token must contain. Default: the server does
   * not check the claim. Has no effect on a {@link #tokenVerifier} of the host.
   *
   * @param name the audience, not blank
   * @return this builder
   * @throws IllegalArgumentException if {@code name} is blank
   */
  public SynchronizationServerBuilder audience(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("the audience is blank");
    }
    audience = name;
    return this;
  }

  /**
   * Sets which scopes or roles a token needs for each kind of operation, in addition to what the
   * directory of iModels allows its caller. Default: {@link TokenPolicy#NONE}. Has no effect on a
   * {@link #tokenVerifier} of the host.
   *
   * @param ofTokens the policy
   * @return this builder
   */
  public SynchronizationServerBuilder policy(TokenPolicy ofTokens) {
    policy = Objects.requireNonNull(ofTokens, "policy");
    return this;
  }

  /**
   * Sets the folder in which the development issuer keeps its key, so that its tokens remain valid
   * after a restart. Default: the key is in memory only.
   *
   * @param folder the folder; the server creates it if it does not exist
   * @return this builder
   */
  public SynchronizationServerBuilder developmentKeyIn(Path folder) {
    developmentKeyFolder = Objects.requireNonNull(folder, "folder");
    return this;
  }

  /**
   * Sets whether the server has the routes below {@code /development/}, such as a log of the last
   * requests, also without a development issuer. With both values, a server with a development
   * issuer has them, and a server that does not listen on a loopback address does not. They need no
   * token. Default: false.
   *
   * @param enabled true for a server that only its developer reaches
   * @return this builder
   */
  public SynchronizationServerBuilder development(boolean enabled) {
    development = enabled;
    return this;
  }

  /**
   * Sets whether the server has the console, a page at {@code /console} that drives the API in a
   * browser with the token of its user. Everybody who reaches the server can load the page.
   * Default: false.
   *
   * @param enabled true for a server with the console
   * @return this builder
   */
  public SynchronizationServerBuilder console(boolean enabled) {
    console = enabled;
    return this;
  }

  /**
   * Sets the client of the {@link #console} at the {@link #issuer}, with which its users sign in.
   * Has an effect with an {@code issuer} only. Default: none; users paste a token.
   *
   * @param clientId the id of a public client for Authorization Code with PKCE, not blank
   * @return this builder
   * @throws IllegalArgumentException if {@code clientId} is blank
   */
  public SynchronizationServerBuilder consoleClient(String clientId) {
    if (clientId.isBlank()) {
      throw new IllegalArgumentException("the id of the client is blank");
    }
    consoleClientId = clientId;
    return this;
  }

  /**
   * Sets the origins that the {@link #console} may call besides those of the server, the issuer and
   * the platform: those of the upload URLs of a platform, or of a token endpoint whose host is not
   * that of its issuer. Default: none.
   *
   * @param origins the origins
   * @return this builder
   */
  public SynchronizationServerBuilder consoleOrigins(Collection<ConsoleOrigin> origins) {
    consoleOrigins = List.copyOf(origins);
    return this;
  }

  /**
   * Sets the directory of iModels, like {@link StorageConnectionsServiceBuilder#iModels}. Replaces
   * {@link #platform}, {@link #openPlatform} and {@link #ownPlatform}.
   *
   * @param directory thread-safe; the server does not close it
   * @return this builder
   */
  public SynchronizationServerBuilder iModels(IModelDirectory directory) {
    iModels = Objects.requireNonNull(directory, "iModels");
    platform = null;
    localPlatform = null;
    return this;
  }

  /**
   * Sets the directory to an iTwin Platform. The server asks it with each caller's own token which
   * iModels and Storage files exist for the caller. Replaces {@link #iModels}, {@link
   * #openPlatform} and {@link #ownPlatform}.
   *
   * @param url the platform's URL, of the form that {@link
   *     io.storageconnections.adapter.platform.PlatformUrl} describes
   * @param fileCheck false to accept each Storage file of the iModel's iTwin, without its name
   * @param cacheDuration the time for which an answer is used again for the same caller, as {@link
   *     PlatformDirectoryBuilder#cacheDuration} describes it
   * @return this builder
   * @throws IllegalArgumentException if {@code url} is not the URL of a platform, or {@code
   *     cacheDuration} is negative or longer than {@link PlatformDirectoryBuilder#CACHE_MAX}
   */
  public SynchronizationServerBuilder platform(URI url, boolean fileCheck, Duration cacheDuration) {
    platform = PlatformDirectory.builder(url).fileCheck(fileCheck).cacheDuration(cacheDuration);
    iModels = null;
    localPlatform = null;
    return this;
  }

  /**
   * Sets the client with which the server itself downloads the contents of files from the {@link
   * #platform}, for connectors. Has an effect with {@link #platform} only. Default: connectors get
   * no contents of a platform.
   *
   * @param tokenIssuer the URL of the OpenID Connect issuer that gives the client a token, of the
   *     form that {@link io.storageconnections.adapter.auth.IssuerUrl} describes
   * @param id the id of the client, not blank
   * @param secret the secret of the client, not blank
   * @return this builder
   */
  public SynchronizationServerBuilder platformClient(URI tokenIssuer, String id, String secret) {
    Objects.requireNonNull(tokenIssuer, "tokenIssuer");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(secret, "secret");
    platformContents =
        platformUrl -> PlatformSourceContents.builder(platformUrl, tokenIssuer, id, secret);
    return this;
  }

  /**
   * Makes the server keep iTwins, iModels and Storage itself, and serve {@code /itwins}, {@code
   * /imodels} and {@code /storage}. Every caller may read and change everything, and an iModel or a
   * file with an unknown id is accepted, too. Replaces {@link #iModels}, {@link #platform} and
   * {@link #ownPlatform}.
   *
   * @param blobFolder the folder of the content of files; the server creates it. No other database
   *     uses it; all servers on one database do
   * @return this builder
   */
  public SynchronizationServerBuilder openPlatform(Path blobFolder) {
    return localPlatform(true, Objects.requireNonNull(blobFolder, "blobFolder"));
  }

  /**
   * Makes the server keep iTwins, iModels and Storage itself, like {@link #openPlatform(Path)}. It
   * keeps the content of files in a new temporary folder, and deletes the folder when it is closed:
   * for tests whose database is in memory.
   *
   * @return this builder
   */
  public SynchronizationServerBuilder openPlatform() {
    return localPlatform(true, null);
  }

  /**
   * Makes the server keep iTwins, iModels and Storage itself, like {@link #openPlatform(Path)}, and
   * give access to the members of an iTwin only. Replaces {@link #iModels}, {@link #platform} and
   * {@link #openPlatform(Path)}.
   *
   * @param blobFolder as for {@link #openPlatform(Path)}
   * @return this builder
   */
  public SynchronizationServerBuilder ownPlatform(Path blobFolder) {
    return localPlatform(false, Objects.requireNonNull(blobFolder, "blobFolder"));
  }

  /**
   * Makes the server keep iTwins, iModels and Storage itself, like {@link #ownPlatform(Path)}, with
   * the content of files in a temporary folder, like {@link #openPlatform()}.
   *
   * @return this builder
   */
  public SynchronizationServerBuilder ownPlatform() {
    return localPlatform(false, null);
  }

  /**
   * Sets the time after which {@link #openPlatform(Path)} and {@link #ownPlatform(Path)} remove an
   * upload that is not finished. Default: one hour.
   *
   * @param lifetime positive
   * @return this builder
   * @throws IllegalArgumentException if {@code lifetime} is not positive
   */
  public SynchronizationServerBuilder uploadLifetime(Duration lifetime) {
    if (!lifetime.isPositive()) {
      throw new IllegalArgumentException("not positive: " + lifetime);
    }
    uploadLifetime = lifetime;
    return this;
  }

  /**
   * Makes the server begin with the objects of a seed file, which {@code docs/seed.md} describes.
   * The database must be empty, or filled by the same seed. A server for which no directory of
   * iModels is set gets {@link #openPlatform()}. Default: no seed.
   *
   * @param file a file in YAML or JSON; {@link #start} reads it
   * @return this builder
   */
  public SynchronizationServerBuilder seed(Path file) {
    Objects.requireNonNull(file, "file");
    seed = () -> SeedFile.read(file);
    return this;
  }

  /**
   * Makes the server begin with the objects of a seed, as {@link #seed(Path)} does.
   *
   * @param text the text of a seed file; paths in it begin in the current folder
   * @return this builder
   */
  public SynchronizationServerBuilder seed(String text) {
    Objects.requireNonNull(text, "text");
    seed = () -> SeedFile.parse(text, Path.of(""));
    return this;
  }

  SynchronizationServerBuilder seed(SeedFile read) {
    seed = () -> read;
    return this;
  }

  SynchronizationServerBuilder localPlatform(boolean isOpen, @Nullable Path blobFolder) {
    localPlatform = new ServedPlatform.Options(isOpen, blobFolder);
    iModels = null;
    platform = null;
    return this;
  }

  /**
   * Sets the connectors that execute runs. Default: simulated connectors for all types, which do
   * what the scripts say.
   *
   * @param forScripts returns the connectors of a server for its scripts; the connectors are
   *     thread-safe, and the server does not close them
   * @return this builder
   */
  public SynchronizationServerBuilder connectors(Function<RunScripts, Connectors> forScripts) {
    runs.connectors = Objects.requireNonNull(forScripts, "connectors");
    return this;
  }

  /**
   * Sets how many runs this server executes at the same time. Default: {@link
   * RunEngineBuilder#WORKERS_DEFAULT}.
   *
   * @param count 1 or more; 0 for a server whose runs the workers of other nodes on the same
   *     database execute
   * @return this builder
   * @throws IllegalArgumentException if {@code count} is negative
   */
  public SynchronizationServerBuilder runWorkers(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("the number of workers is negative: " + count);
    }
    runs.workers = count;
    return this;
  }

  /**
   * Sets the rules of runs. Default: {@link RunRules#DEFAULT}.
   *
   * @param rules the same for all servers on one database
   * @return this builder
   */
  public SynchronizationServerBuilder runRules(RunRules rules) {
    runs.rules = Objects.requireNonNull(rules, "runRules");
    return this;
  }

  /**
   * Configures the execution of runs: attempts, time limit, polling and heartbeats. The server sets
   * the contents of files and the number of workers itself.
   *
   * @param changes is called once, when the server starts
   * @return this builder
   */
  public SynchronizationServerBuilder runExecution(Consumer<RunWorkersBuilder> changes) {
    runs.configuration = Objects.requireNonNull(changes, "changes");
    return this;
  }

  /**
   * Sets how long the audit trail of an iModel is kept after the deletion of the iModel. The server
   * removes it later, when it starts or when another iModel is deleted. The trail of an iModel that
   * exists is kept. Default: 365 days.
   *
   * @param time the time; positive
   * @return this builder
   * @throws IllegalArgumentException if {@code time} is not positive
   */
  public SynchronizationServerBuilder auditRetention(Duration time) {
    if (!Objects.requireNonNull(time, "auditRetention").isPositive()) {
      throw new IllegalArgumentException("auditRetention is not positive: " + time);
    }
    auditRetention = time;
    return this;
  }

  /**
   * Sets the limits of each iModel. Default: {@link Limits#NONE}.
   *
   * @param perIModel the limits, the same for every iModel
   * @return this builder
   */
  public SynchronizationServerBuilder limits(Limits perIModel) {
    limits = Objects.requireNonNull(perIModel, "limits");
    return this;
  }

  /**
   * Sets the number of requests that each client may make in a minute. Default: no limit. Servers
   * on one PostgreSQL database count a client's requests together.
   *
   * @param perClient 1 or more; 0 for no limit
   * @return this builder
   */
  public SynchronizationServerBuilder requestsPerMinute(int perClient) {
    requestsPerMinute = perClient;
    return this;
  }

  /**
   * Sets where spans go: one for each request, for each request to an iTwin Platform, and for each
   * execution of a run and each attempt in it. Default: no spans. Also without them, the trace that
   * a caller names in the header {@code traceparent} reaches the iTwin Platform and the connectors.
   *
   * @param receiver such as {@code GlobalOpenTelemetry.get()}; thread-safe
   * @return this builder
   */
  public SynchronizationServerBuilder openTelemetry(OpenTelemetry receiver) {
    openTelemetry = Objects.requireNonNull(receiver, "openTelemetry");
    return this;
  }

  /**
   * Adds an observer, which is told of each request when it has ended. Default: none.
   *
   * @param observer thread-safe
   * @return this builder
   */
  public SynchronizationServerBuilder observeRequests(RequestObserver observer) {
    requestObservers.add(Objects.requireNonNull(observer, "observer"));
    return this;
  }

  /**
   * Sets the clock that dates connections and runs, decides whether tokens are valid, and measures
   * time limits and the time before a retry. Default: the clock of the system; for runs, that of
   * the database.
   *
   * @param hostClock the clock
   * @return this builder
   */
  public SynchronizationServerBuilder clock(Clock hostClock) {
    clock = Objects.requireNonNull(hostClock, "clock");
    return this;
  }

  /**
   * Sets the source of new ids. Default: random GUIDs.
   *
   * @param source thread-safe; returns a new GUID of version 4 at each call
   * @return this builder
   */
  public SynchronizationServerBuilder ids(Supplier<UUID> source) {
    ids = Objects.requireNonNull(source, "ids");
    return this;
  }

  /**
   * Starts the server.
   *
   * @return the server; the caller closes it
   * @throws IllegalArgumentException if the port, a limit, the size of the pool, an issuer's URL or
   *     the client at the platform is out of its range or form, if a URL cannot contain the host's
   *     name, or if the database's connections have another isolation level than READ COMMITTED
   * @throws IllegalStateException if those connections are not in auto-commit mode, or if the
   *     server has a seed and another directory of iModels than a local platform
   * @throws UncheckedIOException if the server cannot listen on the port, or cannot read or write
   *     the development issuer's key
   * @throws StoreException if the database cannot be reached, refuses a migration, or cannot be
   *     written to
   * @throws OutdatedDatabaseException if the database lacks migrations and {@link #migrate} is
   *     false
   * @throws io.storageconnections.platform.SeedException if the seed is not valid, or if the
   *     database contains other objects
   * @throws RuntimeException if anything else fails. When this method throws any exception, it has
   *     closed everything that it had opened
   */
  public SynchronizationServer start() {
    if (seed != null && localPlatform == null) {
      if (iModels != null || platform != null) {
        throw new IllegalStateException(
            "a seed needs openPlatform(...) or ownPlatform(...) instead of iModels(...) or"
                + " platform(...)");
      }
      openPlatform();
    }
    return new SynchronizationServer(this);
  }
}
