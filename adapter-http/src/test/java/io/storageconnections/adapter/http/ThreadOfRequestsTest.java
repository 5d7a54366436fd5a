package io.storageconnections.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import io.javalin.Javalin;
import io.javalin.http.HandlerType;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.storageconnections.adapter.http.fixture.Connection;
import io.storageconnections.adapter.http.fixture.TestIssuer;
import io.storageconnections.adapter.http.link.BaseUrl;
import io.storageconnections.adapter.http.link.Links;
import io.storageconnections.adapter.http.pipeline.WaitingRequests;
import io.storageconnections.adapter.http.ratelimit.RateLimit;
import io.storageconnections.adapter.http.security.BearerAuthentication;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Verification;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.MDC;

/** One platform thread serves all requests: the next request sees nothing of the one before. */
@Timeout(60)
final class ThreadOfRequestsTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PREFLIGHT =
      "Origin: https://app.example.org\r\nAccess-Control-Request-Method: POST\r\n";

  /** What a thread knows of a request. */
  private record Known(@Nullable String correlationId, @Nullable String traceId, boolean hasSpan) {

    static final Known NOTHING = new Known(null, null, false);

    static Known now() {
      return new Known(
          MDC.get("correlationId"), MDC.get("traceId"), Span.current().getSpanContext().isValid());
    }
  }

  private final BlockingQueue<Known> duringRequests = new LinkedBlockingQueue<>();
  private final BlockingQueue<Known> betweenRequests = new LinkedBlockingQueue<>();
  private final ExecutorService oneThread = Executors.newSingleThreadExecutor();

  @AfterEach
  void stop() {
    oneThread.shutdown();
  }

  private Javalin start(OpenTelemetry openTelemetry) {
    var api =
        new HttpApi(
            ApiFixtures.useCases(),
            new BearerAuthentication(token -> new Verification.Accepted(Caller.ofClient("client"))),
            new Links(
                BaseUrl.parse("https://sync.example.org"),
                BaseUrl.parse("https://api.bentley.com")),
            new RateLimit(5000, TimeMeter.SYSTEM_NANOTIME),
            openTelemetry);
    RouteGroup seen =
        (all, pipeline) ->
            all.add(
                HandlerType.GET,
                "/seen",
                pipeline.anonymous(ctx -> duringRequests.add(Known.now())));
    return Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.jetty.modifyServer(server -> server.insertHandler(new OneThread()));
              HttpServer.configureCommonHandlers(config, api);
              HttpServer.mount(
                  config.routes,
                  api,
                  List.of(seen),
                  new TestIssuer(),
                  new DevelopmentRoutes(List.of()),
                  true,
                  new WaitingRequests());
            })
        .start("127.0.0.1", 0);
  }

  @ParameterizedTest
  @CsvSource({
    "OPTIONS, /synchronization/imodels/storageconnections, true",
    "OPTIONS, /development/issuer/token, true",
    "GET, /development/requests, true",
    "GET, /seen, false",
    "GET, /synchronization/imodels/storageconnections, false",
    "GET, /nowhere, false",
    "OPTIONS, /synchronization/connectortypes, false",
  })
  void next_request_knows_nothing_of_the_one_before(String method, String path, boolean asPage)
      throws Exception {
    var first =
        "%s %s HTTP/1.1\r\nHost: x\r\ntraceparent: 00-%s-00f067aa0ba902b7-01\r\n%s\r\n"
            .formatted(method, path, TRACE, asPage ? PREFLIGHT : "");
    assertThat(traceAfter(first, OpenTelemetry.noop())).isNull();
    try (var sdk = sdk()) {
      assertThat(traceAfter(first, sdk)).isNotNull().isNotEqualTo(TRACE);
    }
  }

  /** Returns the trace that a request without one has after another request on its thread. */
  private @Nullable String traceAfter(String first, OpenTelemetry openTelemetry) throws Exception {
    var server = start(openTelemetry);
    try (var connection = new Connection(server.port())) {
      connection.ask(first);
      duringRequests.clear();
      assertThat(connection.ask("GET /seen HTTP/1.1\r\nHost: x\r\n\r\n"))
          .startsWith("HTTP/1.1 200 ");
    } finally {
      server.stop();
    }
    assertThat(taken(betweenRequests)).isEqualTo(Known.NOTHING);
    assertThat(taken(betweenRequests)).isEqualTo(Known.NOTHING);
    var known = taken(duringRequests);
    assertThat(known.correlationId()).isNotNull();
    assertThat(known.hasSpan()).isEqualTo(known.traceId() != null);
    return known.traceId();
  }

  private static OpenTelemetrySdk sdk() {
    var processor = SimpleSpanProcessor.create(InMemorySpanExporter.create());
    return OpenTelemetrySdk.builder()
        .setTracerProvider(SdkTracerProvider.builder().addSpanProcessor(processor).build())
        .build();
  }

  private static Known taken(BlockingQueue<Known> from) throws InterruptedException {
    return Objects.requireNonNull(from.poll(30, TimeUnit.SECONDS));
  }

  /** Serves every request on the same thread, and looks at it after each of them. */
  private final class OneThread extends Handler.Wrapper {

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      try {
        return oneThread
            .submit(() -> {
              try {
                return super.handle(request, response, callback);
              } finally {
                betweenRequests.add(Known.now());
              }
            })
            .get();
      } catch (ExecutionException failure) {
        throw new IllegalStateException(failure);
      }
    }
  }
}
