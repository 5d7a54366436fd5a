package io.storageconnections.bootstrap;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.storageconnections.application.port.Attempt;
import io.storageconnections.application.port.Connector;
import io.storageconnections.bootstrap.fixture.ApiClient;
import io.storageconnections.bootstrap.fixture.Await;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.domain.run.AttemptOutcome;
import io.storageconnections.domain.run.ErrorKey;
import io.storageconnections.domain.run.RetryPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;

/** A trace from the caller through the server to the iTwin Platform and to connectors. */
@Timeout(120)
final class TracingTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";
  private static final String IMODEL = "7dbd531d-6967-47b2-8945-a722a437ad7a";
  private static final String FILE_ID = "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA";
  private static final String SECRET = "secret-of-the-client";

  /** A request to the platform or to the issuer. */
  private record Asked(String path, @Nullable String traceParent) {}

  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final OpenTelemetrySdk sdk =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                  .build())
          .build();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Attempt> attempts = new LinkedBlockingQueue<>();
  private final BlockingQueue<Map<String, String>> logContexts = new LinkedBlockingQueue<>();
  private final AtomicInteger failures = new AtomicInteger();
  private final HttpClient http = HttpClient.newHttpClient();
  private HttpServer platform;

  @BeforeEach
  void start() throws IOException {
    platform = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    platform.createContext("/", this::answer);
    platform.start();
  }

  @AfterEach
  void stop() {
    platform.stop(0);
    http.shutdownNow();
    sdk.close();
  }

  private String platformUrl() {
    return "http://127.0.0.1:" + platform.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    asked.add(new Asked(path, exchange.getRequestHeaders().getFirst("traceparent")));
    var body =
        switch (path) {
          case "/imodels/" + IMODEL ->
              "{\"iModel\": {\"id\": \"%s\", \"iTwinId\": \"%s\"}}"
                  .formatted(IMODEL, StorageFileId.parse(FILE_ID).iTwin());
          case "/storage/files/" + FILE_ID ->
              "{\"file\": {\"id\": \"%s\", \"type\": \"file\", \"displayName\": \"a.dgn\"}}"
                  .formatted(FILE_ID);
          case "/.well-known/openid-configuration" ->
              "{\"issuer\": \"%1$s\", \"token_endpoint\": \"%1$s/token\"}".formatted(platformUrl());
          case "/token" ->
              "{\"access_token\": \"of-the-server\", \"token_type\": \"Bearer\", \"expires_in\":"
                  + " 99}";
          default -> "content";
        };
    if (path.endsWith("/download")) {
      exchange
          .getResponseHeaders()
          .add("Location", platformUrl() + "/signed?signature=signature-of-the-url");
      exchange.sendResponseHeaders(302, -1);
    } else {
      var bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  /** The first attempt fails, and is repeated. */
  private Optional<AttemptOutcome> attempt(Attempt attempt) {
    attempts.add(attempt);
    logContexts.add(Objects.requireNonNull(MDC.getCopyOfContextMap()));
    return Optional.of(
        failures.getAndIncrement() == 0
            ? AttemptOutcome.failed(ErrorKey.NETWORK_ISSUE, "of a test")
            : AttemptOutcome.succeeded());
  }

  private SynchronizationServer server(OpenTelemetry openTelemetry) {
    Connector connector = (attempt, control) -> attempt(attempt);
    return SynchronizationServer.builder()
        .platform(URI.create(platformUrl()), true, Duration.ZERO)
        .platformClient(URI.create(platformUrl()), "client", SECRET)
        .connectors(scripts -> type -> Optional.of(connector))
        .runExecution(workers -> workers.retries(new RetryPolicy(3, Duration.ofMillis(1))))
        .openTelemetry(openTelemetry)
        .start();
  }

  private HttpResponse<String> post(SynchronizationServer server, String path, String body)
      throws Exception {
    var request =
        HttpRequest.newBuilder(server.url().resolve(path))
            .header("Authorization", "Bearer " + server.developmentToken("someone").value())
            .header("x-correlation-id", "id-of-the-request")
            .header("traceparent", PARENT)
            .POST(BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  /** Creates a connection, and executes a run of it in two attempts. */
  private void createAndRun(SynchronizationServer server) throws Exception {
    var created =
        post(server, "/synchronization/imodels/storageconnections", ApiClient.DOCUMENTED_REQUEST);
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    var location = created.headers().firstValue("Location").orElseThrow();
    assertThat(post(server, location + "/run", "").statusCode()).isEqualTo(202);
  }

  private Attempt attempt() throws InterruptedException {
    return Objects.requireNonNull(attempts.poll(60, TimeUnit.SECONDS));
  }

  @Test
  void trace_reaches_the_platform_and_the_connector_without_an_sdk() throws Exception {
    try (var server = server(OpenTelemetry.noop())) {
      createAndRun(server);
      assertThat(attempt().traceParent()).isEqualTo(PARENT);
      assertThat(attempt().traceParent()).isEqualTo(PARENT);
    }
    assertThat(asked)
        .contains(
            new Asked("/imodels/" + IMODEL, PARENT),
            new Asked("/storage/files/" + FILE_ID, PARENT),
            new Asked("/storage/files/" + FILE_ID + "/download", PARENT));
    assertThat(asked)
        .as("other systems")
        .contains(new Asked("/token", null), new Asked("/signed", null));
    assertThat(logContexts.take())
        .containsEntry("traceId", TRACE)
        .containsEntry("correlationId", "id-of-the-request")
        .containsKeys("runId", "spanId");
    assertThat(exporter.getFinishedSpanItems()).isEmpty();
  }

  @Test
  void spans_of_a_create_and_of_a_run_are_one_trace() throws Exception {
    String token;
    try (var server = server(sdk)) {
      token = server.developmentToken("someone").value();
      createAndRun(server);
      var first = attempt();
      var second = attempt();
      Await.until(
          Duration.ofSeconds(60), "two executions of the run end", () -> named("run").size() == 2);

      var create = named("POST /synchronization/imodels/storageconnections").getFirst();
      assertThat(create.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
      var started =
          named("POST /synchronization/imodels/storageconnections/{connectionId}/run").getFirst();
      assertThat(named("run"))
          .allSatisfy(run -> {
            assertThat(run.getKind()).isEqualTo(SpanKind.CONSUMER);
            assertThat(run.getParentSpanId()).isEqualTo(started.getSpanId());
            assertThat(run.getAttributes().get(stringKey("storage_connections.run.id")))
                .isEqualTo(first.run().id().toString());
          });
      var attemptSpans = named("attempt MSTN");
      assertThat(attemptSpans)
          .extracting(
              span -> span.getAttributes().get(stringKey("storage_connections.task.result")))
          .containsExactly("Error", "Success");
      assertThat(attemptSpans)
          .extracting(SpanData::getParentSpanId)
          .containsExactlyElementsOf(named("run").stream().map(SpanData::getSpanId).toList());
      assertThat(List.of(first, second))
          .extracting(Attempt::traceParent)
          .containsExactlyElementsOf(
              attemptSpans.stream()
                  .map(span -> "00-" + TRACE + "-" + span.getSpanId() + "-01")
                  .toList());
    }
    var clients =
        exporter.getFinishedSpanItems().stream()
            .filter(span -> span.getKind() == SpanKind.CLIENT)
            .toList();
    assertThat(clients)
        .allSatisfy(span -> {
          assertThat(span.getParentSpanContext().isValid()).isTrue();
          assertThat(span.getAttributes().get(stringKey("server.address"))).isEqualTo("127.0.0.1");
          assertThat(span.getAttributes().get(longKey("server.port")))
              .isEqualTo((long) platform.getAddress().getPort());
        });
    assertThat(asked.stream().map(Asked::traceParent).filter(Objects::nonNull))
        .as("the platform gets the ids of the spans of its requests")
        .allSatisfy(header ->
            assertThat(clients)
                .extracting(span -> "00-" + TRACE + "-" + span.getSpanId() + "-01")
                .contains(header));
    assertThat(exporter.getFinishedSpanItems())
        .extracting(SpanData::getTraceId)
        .containsOnly(TRACE);
    assertThat(exporter.getFinishedSpanItems().toString())
        .doesNotContain(token, SECRET, "of-the-server", "signature-of-the-url", "a.dgn");
  }

  private List<SpanData> named(String name) {
    return exporter.getFinishedSpanItems().stream()
        .filter(span -> span.getName().equals(name))
        .toList();
  }
}
