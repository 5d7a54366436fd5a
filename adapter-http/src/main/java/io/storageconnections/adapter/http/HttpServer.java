package io.storageconnections.adapter.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.compression.Gzip;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.storageconnections.adapter.http.development.DevelopmentIssuerEndpoints;
import io.storageconnections.adapter.http.docs.DocsEndpoints;
import io.storageconnections.adapter.http.error.ErrorBody;
import io.storageconnections.adapter.http.health.HealthEndpoints;
import io.storageconnections.adapter.http.pipeline.CorrelationId;
import io.storageconnections.adapter.http.pipeline.Cors;
import io.storageconnections.adapter.http.pipeline.RequestPipeline;
import io.storageconnections.adapter.http.port.TokenIssuer;
import io.storageconnections.adapter.http.request.BodyBytes;
import io.storageconnections.adapter.http.response.Json;
import io.storageconnections.adapter.http.server.ConnectorLimits;
import io.storageconnections.adapter.http.server.EnvelopeErrorHandler;
import io.storageconnections.adapter.http.server.SlowHeaders;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
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
 * A server of our own around the {@link HttpApi}: health, documentation, envelopes for everything,
 * a calm end.
 */
public final class HttpServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  private static final byte[] LAST_RESORT = Json.bytes(ErrorBody.internalServerError());

  private static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";

  private static final int GZIP_LEVEL = 6;

  /** More than any single connection or source file has, whatever its name. */
  private static final int COMPRESSED_BYTES_MIN = 4096;

  /**
   * From here on, threads that wait cost next to nothing (JEP 491), and slow clients block nobody.
   */
  private static final int JDK_OF_VIRTUAL_THREADS = 24;

  private final Javalin javalin;
  private final GracefulHandler inFlight;

  private HttpServer(Javalin javalin, GracefulHandler inFlight) {
    this.javalin = javalin;
    this.inFlight = inFlight;
  }

  /**
   * Starts answering.
   *
   * @param listener where; open, and closed with this server
   * @param api what to answer
   * @param developmentIssuer gives out tokens at this server; null if somebody else does
   * @param idleTimeout for how long a connection without a request stays open; at least 1 ms
   * @return the server, which its caller closes
   */
  public static HttpServer start(
      BoundSocket listener,
      HttpApi api,
      @Nullable TokenIssuer developmentIssuer,
      Duration idleTimeout) {
    var inFlight = new GracefulHandler();
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
              Runtime.version().feature() >= JDK_OF_VIRTUAL_THREADS;
          listen(config, listener, inFlight, api, idleTimeout);
          answerEverything(config, api);
          mount(config.routes, api, developmentIssuer);
        });
    return new HttpServer(javalin.start(), inFlight);
  }

  /**
   * Lists are compressed; one thing alone, which is smaller, is not: its strong ETag promises the
   * same bytes to everybody.
   */
  private static CompressionStrategy compression() {
    var strategy = new CompressionStrategy(null, new Gzip(GZIP_LEVEL));
    strategy.setDefaultMinSizeForCompression(COMPRESSED_BYTES_MIN);
    return strategy;
  }

  /** Adds every route of the server. */
  static void mount(RoutesConfig routes, HttpApi api, @Nullable TokenIssuer developmentIssuer) {
    api.mountRoutes(routes);
    new HealthEndpoints(api.useCases().checkReadiness(), api.pipeline()).mount(routes);
    new DocsEndpoints().mount(routes, api.pipeline());
    if (developmentIssuer != null) {
      new DevelopmentIssuerEndpoints(developmentIssuer, api.links().publicUrl())
          .mount(routes, api.pipeline());
    }
  }

  private static void listen(
      JavalinConfig config,
      BoundSocket listener,
      GracefulHandler inFlight,
      HttpApi api,
      Duration idleTimeout) {
    config.jetty.addConnector((server, http) -> connector(listener, server, http, idleTimeout));
    config.jetty.modifyServer(server -> {
      // Nothing to wait for: close() has done so.
      server.setStopTimeout(0);
      server.insertHandler(inFlight);
      server.setErrorHandler(new EnvelopeErrorHandler(api.limit()));
    });
    config.jetty.modifyServletContextHandler(context -> {
      // Else Jetty would redirect a request without a path, to a place that does not exist.
      context.setAllowNullPathInContext(true);
      context.setErrorHandler(new EnvelopeErrorHandler(api.limit()));
    });
  }

  private static Connector connector(
      BoundSocket listener, Server server, HttpConfiguration http, Duration idleTimeout) {
    ConnectorLimits.applyTo(http);
    // A character has one encoding here, as in the rest of the world.
    http.setUriCompliance(
        http.getUriCompliance().without("ONE_ENCODING", UriCompliance.Violation.UTF16_ENCODINGS));
    http.addCustomizer(HttpServer::withoutOverride);
    // Looking headers up costs more than parsing them: a sixth of a create, as measured.
    http.setHeaderCacheSize(0);
    var connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setIdleTimeout(idleTimeout.toMillis());
    connector.addBean(new SlowHeaders(connector, ConnectorLimits.REQUEST_HEADER_TIMEOUT));
    try {
      connector.open(listener.listen());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return connector;
  }

  /**
   * Javalin would take the method from a header, and so a harmless request for one that deletes.
   */
  private static Request withoutOverride(Request request, HttpFields.Mutable responseHeaders) {
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

  /** What holds for every answer, also where no route is met. */
  private static void answerEverything(JavalinConfig config, HttpApi api) {
    config.routes.before(ctx -> begin(ctx, api.pipeline()));
    config.routes.after(CorrelationId::end);
    // Also for this one, because Javalin has a handler of its own for it, which would come first.
    config.routes.exception(
        HttpResponseException.class, (refusal, ctx) -> api.pipeline().answerUnrouted(ctx, refusal));
    config.routes.exception(
        Exception.class, (failure, ctx) -> api.pipeline().answerUnrouted(ctx, failure));
    config.router.javaLangErrorHandler(HttpServer::answer);
  }

  private static void begin(Context ctx, RequestPipeline pipeline) {
    CorrelationId.begin(ctx);
    pipeline.addRateLimitHeaders(ctx);
    Cors.handle(ctx);
  }

  /**
   * The last resort. Whatever it throws, Javalin would bring before it again, and again without
   * end: so it throws nothing, and what it says was made beforehand.
   */
  private static void answer(HttpServletResponse response, Error error) {
    try {
      LOG.error("A request failed badly", error);
      response.setContentType(Json.TYPE);
      response.getOutputStream().write(LAST_RESORT);
    } catch (IOException | RuntimeException | Error another) {
      response.setStatus(500);
    }
  }

  /**
   * Takes no more connections, finishes the requests in flight for up to ten seconds, and ends.
   * Every answer from now on says {@code Connection: close}, so that clients send their next
   * request to another server.
   *
   * <p>Jetty's own graceful stop would give a connection on which nothing moves one second only,
   * though its request may be in flight, and would wait that second for idle ones.
   */
  @Override
  public void close() {
    for (var each : javalin.jettyServer().server().getConnectors()) {
      var connector = (ServerConnector) each;
      connector.setShutdownIdleTimeout(STOP_TIMEOUT.toMillis());
      // Makes Jetty say so in answers. What it would wait for itself is not waited for.
      var unused = connector.shutdown();
      connector.close();
    }
    try {
      var deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
      // Until nothing is in flight, requests that still come on open connections are served: each
      // is the last on its connection. Only then does Jetty refuse them.
      while (inFlight.getCurrentRequestCount() > 0 && System.nanoTime() < deadline) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      inFlight.shutdown().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException unfinished) {
      LOG.warn("{} requests are cut off", inFlight.getCurrentRequestCount());
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    javalin.stop();
  }
}
