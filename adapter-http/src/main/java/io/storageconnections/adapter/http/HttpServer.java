package io.storageconnections.adapter.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.compression.Gzip;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.storageconnections.adapter.http.development.DevelopmentAccess;
import io.storageconnections.adapter.http.docs.DocsEndpoints;
import io.storageconnections.adapter.http.error.ErrorBody;
import io.storageconnections.adapter.http.health.HealthEndpoints;
import io.storageconnections.adapter.http.issuer.DevelopmentIssuerEndpoints;
import io.storageconnections.adapter.http.jetty.ConnectorLimits;
import io.storageconnections.adapter.http.jetty.EnvelopeErrorHandler;
import io.storageconnections.adapter.http.jetty.ObservedRequests;
import io.storageconnections.adapter.http.jetty.RequestHeaderTimeout;
import io.storageconnections.adapter.http.jetty.RequestRecorder;
import io.storageconnections.adapter.http.pipeline.CorrelationId;
import io.storageconnections.adapter.http.pipeline.Cors;
import io.storageconnections.adapter.http.pipeline.RequestTrace;
import io.storageconnections.adapter.http.pipeline.Routes;
import io.storageconnections.adapter.http.pipeline.WaitingRequests;
import io.storageconnections.adapter.http.port.RequestObserver;
import io.storageconnections.adapter.http.port.TokenIssuer;
import io.storageconnections.adapter.http.request.BodyBytes;
import io.storageconnections.adapter.http.response.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP server for the {@link HttpApi}. It adds health checks, the API documentation, CORS,
 * compression, error bodies for requests that match no route, and a graceful shutdown. Thread-safe.
 */
public final class HttpServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  private static final byte[] INTERNAL_SERVER_ERROR = Json.bytes(ErrorBody.internalServerError());

  private static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";

  private static final int GZIP_LEVEL = 6;

  /** More bytes than the longest answer with one connection or one source file. */
  private static final int COMPRESSED_BYTES_MIN = 4096;

  /**
   * The first JDK in which a virtual thread that waits inside {@code synchronized} does not block a
   * platform thread (JEP 491). Before it, slow clients could delay other clients.
   */
  private static final int VIRTUAL_THREADS_JDK_MIN = 24;

  private final Javalin javalin;
  private final GracefulHandler inFlight;
  private final WaitingRequests waiting;

  private HttpServer(Javalin javalin, GracefulHandler inFlight, WaitingRequests waiting) {
    this.javalin = javalin;
    this.inFlight = inFlight;
    this.waiting = waiting;
  }

  /**
   * Starts a server.
   *
   * @param listener the port of the server, not closed; the server closes it when it stops
   * @param api the routes of the API
   * @param others more routes, which the server serves beside those of {@code api}
   * @param developmentIssuer issues tokens at this server; null if the server issues no tokens
   * @param development the routes below {@code /development/}, which the server serves only if
   *     {@code listener} has a loopback address; null for none
   * @param observers are told of each request when it has ended, in this order
   * @param tellsReasons whether {@code /health/ready} says why the server is not ready; false if a
   *     {@link ManagementServer} says so to the operator
   * @param idleTimeout the time after which the server closes a connection without a request; at
   *     least 1 ms
   * @return a server that accepts connections; the caller closes it
   * @throws UncheckedIOException if another process has started to listen at the port since this
   *     process reserved it
   */
  public static HttpServer start(
      BoundSocket listener,
      HttpApi api,
      List<RouteGroup> others,
      @Nullable TokenIssuer developmentIssuer,
      @Nullable DevelopmentRoutes development,
      List<RequestObserver> observers,
      boolean tellsReasons,
      Duration idleTimeout) {
    var onLoopback = listener.isOnLoopback() ? development : null;
    var inFlight = new GracefulHandler();
    var waiting = new WaitingRequests();
    var javalin =
        Javalin.create(config -> {
          config.startup.showJavalinBanner = false;
          config.startup.showOldJavalinVersionWarning = false;
          config.startup.startupWatcherEnabled = false;
          config.router.caseInsensitiveRoutes = true;
          config.http.prefer405over404 = true;
          config.http.maxRequestSize = BodyBytes.LENGTH_MAX;
          config.http.compressionStrategy = compression();
          config.concurrency.useVirtualThreads =
              Runtime.version().feature() >= VIRTUAL_THREADS_JDK_MIN;
          if (onLoopback != null) {
            var recorder = new RequestRecorder(onLoopback.log(), DevelopmentAccess.PREFIX);
            config.jetty.modifyServer(server -> server.insertHandler(recorder));
          }
          config.jetty.modifyServer(
              server -> server.setRequestLog(new ObservedRequests(observers)));
          configureJetty(config, listener, inFlight, api, idleTimeout);
          configureCommonHandlers(config, api);
          mount(config.routes, api, others, developmentIssuer, onLoopback, tellsReasons, waiting);
        });
    return new HttpServer(javalin.start(), inFlight, waiting);
  }

  /**
   * Compresses lists, but not single connections and source files, which are shorter: their strong
   * ETags require that every client receives the same bytes.
   */
  private static CompressionStrategy compression() {
    var strategy = new CompressionStrategy(null, new Gzip(GZIP_LEVEL));
    strategy.setDefaultMinSizeForCompression(COMPRESSED_BYTES_MIN);
    return strategy;
  }

  /** Adds every route of the server. */
  static void mount(
      RoutesConfig routes,
      HttpApi api,
      List<RouteGroup> others,
      @Nullable TokenIssuer developmentIssuer,
      @Nullable DevelopmentRoutes development,
      boolean tellsReasons,
      WaitingRequests waiting) {
    var all = new Routes(routes);
    api.mountRoutes(all, waiting);
    others.forEach(group -> group.mount(all, api.pipeline()));
    new HealthEndpoints(api.useCases().checkReadiness(), api.pipeline(), tellsReasons).mount(all);
    new DocsEndpoints().mount(all, api.pipeline());
    if (developmentIssuer != null) {
      new DevelopmentIssuerEndpoints(developmentIssuer, api.links().publicUrl())
          .mount(all, api.pipeline());
    }
    if (development != null) {
      development.mount(all, api);
    }
  }

  private static void configureJetty(
      JavalinConfig config,
      BoundSocket listener,
      GracefulHandler inFlight,
      HttpApi api,
      Duration idleTimeout) {
    config.jetty.addConnector((server, http) -> connector(listener, server, http, idleTimeout));
    config.jetty.modifyServer(server -> {
      // close() has already waited for the requests in flight.
      server.setStopTimeout(0);
      server.insertHandler(inFlight);
      server.setErrorHandler(new EnvelopeErrorHandler(api.limit()));
    });
    config.jetty.modifyServletContextHandler(context -> {
      // Otherwise Jetty redirects a request without a path to a path that does not exist.
      context.setAllowNullPathInContext(true);
      context.setErrorHandler(new EnvelopeErrorHandler(api.limit()));
    });
  }

  private static Connector connector(
      BoundSocket listener, Server server, HttpConfiguration http, Duration idleTimeout) {
    ConnectorLimits.applyTo(http);
    // Rejects Microsoft's %uXXXX escapes, so that each character has one percent-encoding.
    http.setUriCompliance(
        http.getUriCompliance().without("ONE_ENCODING", UriCompliance.Violation.UTF16_ENCODINGS));
    http.addCustomizer(HttpServer::withoutMethodOverride);
    // Jetty's cache of header fields costs more time than parsing them: a sixth of the time of a
    // create request, as measured.
    http.setHeaderCacheSize(0);
    var connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setIdleTimeout(idleTimeout.toMillis());
    connector.addBean(new RequestHeaderTimeout(connector, ConnectorLimits.REQUEST_HEADER_TIMEOUT));
    try {
      connector.open(listener.listen());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return connector;
  }

  /**
   * Removes the method override. Javalin would take the method from this header, and so could treat
   * a GET as a DELETE.
   */
  private static Request withoutMethodOverride(
      Request request, HttpFields.Mutable responseHeaders) {
    if (!request.getHeaders().contains(METHOD_OVERRIDE)) {
      return request;
    }
    var headers = HttpFields.build(request.getHeaders()).remove(METHOD_OVERRIDE).asImmutable();
    return new Request.Wrapper(request) {
      @Override
      public HttpFields getHeaders() {
        return headers;
      }
    };
  }

  /** Configures the handlers that apply to every request, also if it matches no route. */
  static void configureCommonHandlers(JavalinConfig config, HttpApi api) {
    config.routes.before(ctx -> beforeRequest(ctx, api));
    // Javalin's own handler for this subclass would take precedence over the handler of Exception.
    config.routes.exception(
        HttpResponseException.class,
        (refusal, ctx) -> api.pipeline().answerOutsideOfRoutes(ctx, refusal));
    config.routes.exception(
        Exception.class, (failure, ctx) -> api.pipeline().answerOutsideOfRoutes(ctx, failure));
    config.router.javaLangErrorHandler(HttpServer::answerError);
  }

  private static void beforeRequest(Context ctx, HttpApi api) {
    CorrelationId.begin(ctx);
    RequestTrace.begin(ctx, api.openTelemetry());
    api.pipeline().addRateLimitHeaders(ctx);
    Cors.handle(ctx);
  }

  /**
   * Answers a request that caused an {@link Error}, such as an OutOfMemoryError. If this handler
   * threw, Javalin would call it again without end. It therefore throws nothing, and writes bytes
   * that were serialized when the server started.
   */
  private static void answerError(HttpServletResponse response, Error error) {
    try {
      CorrelationId.log(response, () -> LOG.error("A request failed badly", error));
      response.setContentType(Json.TYPE);
      response.getOutputStream().write(INTERNAL_SERVER_ERROR);
    } catch (IOException | RuntimeException | Error another) {
      response.setStatus(500);
    }
  }

  /**
   * Stops the server gracefully: it accepts no more connections, waits up to ten seconds for the
   * requests in flight, and stops. Every answer during this time has {@code Connection: close}, so
   * that clients send their next request to another server. Requests that wait for the end of a run
   * are answered at once. A second call has no effect.
   */
  @Override
  public void close() {
    waiting.release();
    // Jetty's own graceful stop closes a connection after one second without traffic, even if its
    // request is in flight, and waits that second for idle connections.
    for (var each : javalin.jettyServer().server().getConnectors()) {
      var connector = (ServerConnector) each;
      connector.setShutdownIdleTimeout(STOP_TIMEOUT.toMillis());
      // Makes Jetty add "Connection: close" to answers. This method waits by itself, below.
      var unused = connector.shutdown();
      connector.close();
    }
    try {
      var deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
      // As long as requests are in flight, the server serves new requests on open connections; each
      // is the last one on its connection. Afterwards Jetty refuses new requests.
      while (inFlight.getCurrentRequestCount() > 0 && System.nanoTime() < deadline) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      inFlight.shutdown().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException unfinished) {
      LOG.warn("{} requests are cut off", inFlight.getCurrentRequestCount());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    javalin.stop();
  }
}
