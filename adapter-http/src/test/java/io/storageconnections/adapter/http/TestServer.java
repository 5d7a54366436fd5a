package io.storageconnections.adapter.http;

import static io.storageconnections.application.contract.TestValidator.VALIDATOR;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.bucket4j.TimeMeter;
import io.javalin.Javalin;
import io.javalin.router.Endpoint;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.storageconnections.adapter.http.fixture.OpenApiContract;
import io.storageconnections.adapter.http.fixture.RecordedScripts;
import io.storageconnections.adapter.http.fixture.TestIssuer;
import io.storageconnections.adapter.http.link.BaseUrl;
import io.storageconnections.adapter.http.link.Links;
import io.storageconnections.adapter.http.pipeline.WaitingRequests;
import io.storageconnections.adapter.http.port.AnsweredRequest;
import io.storageconnections.adapter.http.port.ConnectorScripts;
import io.storageconnections.adapter.http.port.RequestObserver;
import io.storageconnections.adapter.http.port.TokenIssuer;
import io.storageconnections.adapter.http.ratelimit.RateLimit;
import io.storageconnections.adapter.http.security.BearerAuthentication;
import io.storageconnections.application.UseCases;
import io.storageconnections.application.contract.InMemoryRunStore;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Connectors;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.IssuerUnavailableException;
import io.storageconnections.application.port.RunDependencies;
import io.storageconnections.application.port.RunQueue;
import io.storageconnections.application.port.RunRules;
import io.storageconnections.application.port.RunScripts;
import io.storageconnections.application.port.RunStore;
import io.storageconnections.application.port.StorageConnectionStore;
import io.storageconnections.application.port.Verification;
import io.storageconnections.application.port.Verification.Reason;
import io.storageconnections.application.validation.RequestValidator;
import io.storageconnections.domain.connection.Limits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A real server on a free port, with real use cases. The iTwin of every iModel and the ids of the
 * first connection are those of the documentation. The token {@code good} is valid, {@code
 * good-NAME} is a valid token of the client {@code NAME}, {@code scopeless} lacks the scope, and
 * for {@code unverifiable} the issuer is unavailable. Other tokens are invalid.
 */
public final class TestServer implements AutoCloseable {

  public static final String CONNECTIONS = "/synchronization/imodels/storageconnections";

  /**
   * The first ids that the server creates: those of the source file and the connection of the
   * documentation, and two more. Later ids are random.
   */
  private final Iterator<UUID> firstIds =
      List.of(
              UUID.fromString("297c8ab9-53a3-4fe5-adf8-79b4c1a95cbb"),
              UUID.fromString("fcd34da0-1107-4650-83f0-b32665dd984e"),
              UUID.fromString("46e2f6e2-8a1b-4d3c-9f4e-5b6c7d8e9fa0"),
              UUID.fromString("58e3babc-1b2c-4d5e-8f60-718293a4b5c6"))
          .iterator();

  /** The iModels and Storage files that the server asks. */
  public final TestPlatform platform = new TestPlatform();

  /** The connectors that the server has: one for each type, until a test changes them. */
  public volatile Connectors connectors =
      type -> Optional.of((attempt, control) -> Optional.empty());

  /** Receives the spans of requests. */
  public volatile OpenTelemetry openTelemetry = OpenTelemetry.noop();

  private final OpenTelemetry delegate =
      new OpenTelemetry() {
        @Override
        public TracerProvider getTracerProvider() {
          return openTelemetry.getTracerProvider();
        }

        @Override
        public ContextPropagators getPropagators() {
          return openTelemetry.getPropagators();
        }
      };

  /** Is told of each request before {@link #answered} has it. */
  public volatile RequestObserver observer = request -> {};

  /** The requests that have ended, the oldest first. An answer can arrive before its entry. */
  public final BlockingQueue<AnsweredRequest> answered = new LinkedBlockingQueue<>();

  private final @Nullable RunStore runStore;
  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;
  private final HttpServer server;
  private final HttpApi api;
  private final @Nullable TokenIssuer developmentIssuer;
  private final @Nullable DevelopmentRoutes development;

  private TestServer(
      Stores stores, Limits limits, RateLimit rateLimit, @Nullable TokenIssuer developmentIssuer) {
    this(
        BoundSocket.on("127.0.0.1", 0),
        stores,
        limits,
        rateLimit,
        developmentIssuer,
        List.of(),
        null);
  }

  private TestServer(
      BoundSocket listener,
      Stores stores,
      Limits limits,
      RateLimit rateLimit,
      @Nullable TokenIssuer developmentIssuer,
      List<RouteGroup> others,
      @Nullable DevelopmentRoutes development) {
    this.development = development;
    port = listener.port();
    this.developmentIssuer = developmentIssuer;
    runStore = stores.runs();
    var dependencies =
        new Dependencies(
            stores.connections(),
            platform,
            platform,
            limits,
            new RequestValidator(VALIDATOR),
            Clock.systemUTC(),
            this::newId,
            Dependencies.AUDIT_RETENTION);
    var useCases =
        runStore == null
            ? UseCases.on(dependencies)
            : UseCases.on(
                dependencies,
                new RunDependencies(
                    runStore,
                    RunQueue.WITHOUT_WORKERS,
                    type -> connectors.connector(type),
                    RunRules.DEFAULT));
    api =
        new HttpApi(
            useCases,
            new BearerAuthentication(TestServer::verify),
            new Links(
                BaseUrl.parse("https://sync.example.org"),
                BaseUrl.parse("https://api.bentley.com")),
            rateLimit,
            delegate);
    server =
        HttpServer.start(
            listener,
            api,
            others,
            developmentIssuer,
            development,
            List.of(request -> observer.answered(request), answered::add),
            true,
            Duration.ofSeconds(75));
  }

  /**
   * The stores of a server.
   *
   * @param runs null if the service has no store of runs
   */
  private record Stores(StorageConnectionStore connections, @Nullable RunStore runs) {

    static Stores inMemory() {
      return of(new InMemoryRunStore());
    }

    static Stores of(InMemoryRunStore runs) {
      return new Stores(runs.connections(), runs);
    }
  }

  public static TestServer start() {
    return on(new InMemoryRunStore());
  }

  /** Starts a server with these runs, and with their connections. */
  public static TestServer on(InMemoryRunStore runs) {
    return new TestServer(Stores.of(runs), Limits.NONE, defaultRateLimit(), null);
  }

  /** Starts a server without a store of runs. */
  public static TestServer on(StorageConnectionStore store) {
    return new TestServer(new Stores(store, null), Limits.NONE, defaultRateLimit(), null);
  }

  public static TestServer on(StorageConnectionStore store, RunStore runs) {
    return new TestServer(new Stores(store, runs), Limits.NONE, defaultRateLimit(), null);
  }

  public static TestServer with(Limits limits) {
    return new TestServer(Stores.inMemory(), limits, defaultRateLimit(), null);
  }

  public static TestServer with(RateLimit rateLimit) {
    return new TestServer(Stores.inMemory(), Limits.NONE, rateLimit, null);
  }

  /** Starts a server at a reserved port. */
  public static TestServer at(BoundSocket listener) {
    return new TestServer(
        listener, Stores.inMemory(), Limits.NONE, defaultRateLimit(), null, List.of(), null);
  }

  /** Starts a server with the development routes and a development issuer. */
  public static TestServer withDevelopmentRoutes() {
    return withScripts(new RecordedScripts());
  }

  /** As {@link #withDevelopmentRoutes()}, with these scripts of simulated connectors. */
  public static TestServer withScripts(RunScripts scripts) {
    return new TestServer(
        BoundSocket.on("127.0.0.1", 0),
        Stores.inMemory(),
        Limits.NONE,
        defaultRateLimit(),
        new TestIssuer(),
        List.of(),
        DevelopmentRoutes.withReset(
            () -> {},
            new ConnectorScripts(
                scripts::setForFile, scripts::setForConnectorType, scripts::clear)));
  }

  /**
   * Starts a server with the development routes, if its address is loopback.
   *
   * @param others more routes of the server
   * @param ofDevelopment more development routes
   */
  public static TestServer withDevelopmentRoutes(
      BoundSocket listener,
      TokenIssuer issuer,
      RateLimit rateLimit,
      List<RouteGroup> others,
      List<RouteGroup> ofDevelopment) {
    return new TestServer(
        listener,
        Stores.inMemory(),
        Limits.NONE,
        rateLimit,
        issuer,
        others,
        new DevelopmentRoutes(ofDevelopment));
  }

  /** Starts a server with more routes. */
  public static TestServer with(RouteGroup others) {
    return new TestServer(
        BoundSocket.on("127.0.0.1", 0),
        Stores.inMemory(),
        Limits.NONE,
        defaultRateLimit(),
        null,
        List.of(others),
        null);
  }

  /** Starts a server with a development issuer, whose tokens are {@code good-CLIENT}. */
  public static TestServer withIssuer() {
    return withIssuer(new TestIssuer());
  }

  /** Starts a server with this development issuer. */
  public static TestServer withIssuer(TokenIssuer issuer) {
    return withIssuer(issuer, defaultRateLimit());
  }

  public static TestServer withIssuer(TokenIssuer issuer, RateLimit rateLimit) {
    return new TestServer(Stores.inMemory(), Limits.NONE, rateLimit, issuer);
  }

  private static RateLimit defaultRateLimit() {
    return new RateLimit(5000, TimeMeter.SYSTEM_NANOTIME);
  }

  private synchronized UUID newId() {
    return firstIds.hasNext() ? firstIds.next() : UUID.randomUUID();
  }

  private static Verification verify(String token) {
    return switch (token) {
      case "scopeless" -> new Verification.Rejected(Reason.INSUFFICIENT_SCOPE);
      case "unverifiable" ->
          throw new IssuerUnavailableException("no keys", new IOException("http://secret.host"));
      case "good" -> new Verification.Accepted(Caller.ofClient("client"));
      default ->
          token.startsWith(TestIssuer.PREFIX)
              ? new Verification.Accepted(
                  Caller.ofClient(token.substring(TestIssuer.PREFIX.length())))
              : new Verification.Rejected(Reason.INVALID);
    };
  }

  public URI at(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(at(path));
  }

  public HttpRequest.Builder authorized(String path) {
    return request(path).header("Authorization", "Bearer good");
  }

  /** Sends a request and checks the exchange against the OpenAPI document. */
  public HttpResponse<String> send(HttpRequest.Builder builder) {
    var request = builder.build();
    try {
      var answer = client.send(request, BodyHandlers.ofString());
      OpenApiContract.check(request, body(request), answer);
      return answer;
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static byte[] body(HttpRequest request) {
    return request.bodyPublisher().map(TestServer::published).orElse(new byte[0]);
  }

  private static byte[] published(HttpRequest.BodyPublisher publisher) {
    var bytes = BodySubscribers.ofByteArray();
    publisher.subscribe(
        new Flow.Subscriber<>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            bytes.onSubscribe(subscription);
          }

          @Override
          public void onNext(ByteBuffer item) {
            bytes.onNext(List.of(item));
          }

          @Override
          public void onError(Throwable failure) {
            bytes.onError(failure);
          }

          @Override
          public void onComplete() {
            bytes.onComplete();
          }
        });
    return bytes.getBody().toCompletableFuture().join();
  }

  /** Returns the routes of the server. Every GET also has a route for HEAD. */
  public List<Endpoint> endpoints() {
    var routes =
        Javalin.create(config ->
                HttpServer.mount(
                    config.routes,
                    api,
                    List.of(),
                    developmentIssuer,
                    development,
                    true,
                    new WaitingRequests()))
            .unsafe
            .internalRouter;
    return routes.allHttpHandlers().stream()
        .map(mounted -> mounted.endpoint)
        .filter(endpoint -> endpoint.method.isHttpMethod())
        .toList();
  }

  /** Returns the store of runs. */
  public RunStore runs() {
    return Objects.requireNonNull(runStore);
  }

  public HttpResponse<String> create(String body) {
    return send(authorized(CONNECTIONS).POST(BodyPublishers.ofString(body)));
  }

  public HttpResponse<String> create(byte[] body) {
    return send(authorized(CONNECTIONS).POST(BodyPublishers.ofByteArray(body)));
  }

  public HttpResponse<String> post(String path, String body) {
    return send(authorized(path).POST(BodyPublishers.ofString(body)));
  }

  /** Sends a POST without a body. */
  public HttpResponse<String> post(String path) {
    return send(authorized(path).POST(BodyPublishers.noBody()));
  }

  public HttpResponse<String> put(String path, String body, String... headers) {
    return send(with(authorized(path), headers).PUT(BodyPublishers.ofString(body)));
  }

  public HttpResponse<String> delete(String path, String... headers) {
    return send(with(authorized(path), headers).DELETE());
  }

  public HttpResponse<String> get(String path, String... headers) {
    return send(with(authorized(path), headers));
  }

  /** Sends a GET and returns the bytes of the answer, which may be compressed. */
  public HttpResponse<byte[]> bytes(String path, String... headers) {
    try {
      return client.send(with(authorized(path), headers).build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static HttpRequest.Builder with(HttpRequest.Builder request, String... headers) {
    return headers.length == 0 ? request : request.headers(headers);
  }

  /** Sends exactly these characters, and reads until the server closes the connection. */
  public String raw(String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  /** Stops the server gracefully; the client can still read answers. */
  public void stop() {
    server.close();
  }

  @Override
  public void close() {
    client.shutdownNow();
    server.close();
  }
}
