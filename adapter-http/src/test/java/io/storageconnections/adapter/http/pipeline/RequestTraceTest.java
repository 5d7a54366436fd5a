package io.storageconnections.adapter.http.pipeline;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static io.storageconnections.adapter.http.TestServer.CONNECTIONS;
import static io.storageconnections.adapter.http.fixture.Wire.golden;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import io.javalin.http.HandlerType;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.storageconnections.adapter.http.BoundSocket;
import io.storageconnections.adapter.http.RouteGroup;
import io.storageconnections.adapter.http.TestServer;
import io.storageconnections.adapter.http.fixture.Connection;
import io.storageconnections.adapter.http.fixture.TestIssuer;
import io.storageconnections.adapter.http.port.AnsweredRequest;
import io.storageconnections.adapter.http.ratelimit.RateLimit;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

/** The trace of a request: what is accepted, logged, passed on and reported. */
@Timeout(60)
final class RequestTraceTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";
  private static final String PARENT = "00-" + TRACE + "-" + SPAN + "-01";

  /** What a handler sees of its trace. */
  private record Seen(
      @Nullable String caller, @Nullable String traceInLog, @Nullable String spanInLog) {}

  private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final OpenTelemetrySdk sdk =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                  .build())
          .build();
  private final RouteGroup routes =
      (all, pipeline) -> {
        all.add(
            HandlerType.GET,
            "/seen/{id}",
            pipeline.authenticated((ctx, caller) ->
                seen.add(new Seen(caller.traceParent(), MDC.get("traceId"), MDC.get("spanId")))));
        all.add(
            HandlerType.GET,
            "/broken",
            pipeline.anonymous(ctx -> {
              throw new OutOfMemoryError("of a test");
            }));
      };
  private final TestServer server =
      TestServer.withDevelopmentRoutes(
          BoundSocket.on("127.0.0.1", 0),
          new TestIssuer(),
          new RateLimit(5000, TimeMeter.SYSTEM_NANOTIME),
          List.of(routes),
          List.of());

  @AfterEach
  void stop() {
    server.close();
    sdk.close();
  }

  private String ask(String path, String headers) throws Exception {
    return server.raw(
        "GET %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer good\r\nConnection: close\r\n%s\r\n"
            .formatted(path, headers));
  }

  private Seen seen() throws InterruptedException {
    return Objects.requireNonNull(seen.poll(30, TimeUnit.SECONDS));
  }

  private AnsweredRequest answered() throws InterruptedException {
    return Objects.requireNonNull(server.answered.poll(30, TimeUnit.SECONDS));
  }

  @Test
  void received_trace_is_passed_on_and_logged_without_an_sdk() throws Exception {
    assertThat(ask("/seen/1", "traceparent: " + PARENT + "\r\n")).startsWith("HTTP/1.1 200 ");
    assertThat(seen()).isEqualTo(new Seen(PARENT, TRACE, SPAN));
    assertThat(answered().traceId()).isEqualTo(TRACE);
  }

  @Test
  void trace_of_a_later_version_is_read_as_far_as_it_is_known() throws Exception {
    ask("/seen/1", "traceparent: cc-" + TRACE + "-" + SPAN + "-00-more\r\n");
    assertThat(seen().caller()).isEqualTo("00-" + TRACE + "-" + SPAN + "-00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-zz",
        "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "zz-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n"
            + "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
      })
  void malformed_trace_is_as_none(String header) throws Exception {
    assertThat(ask("/seen/1", "traceparent: " + header + "\r\n")).startsWith("HTTP/1.1 200 ");
    assertThat(seen()).isEqualTo(new Seen(null, null, null));
    assertThat(answered().traceId()).isNull();
  }

  @Test
  void next_request_of_a_connection_does_not_continue_the_trace_of_the_one_before()
      throws Exception {
    server.openTelemetry = sdk;
    var first = "Host: x\r\nAuthorization: Bearer good\r\ntraceparent: " + PARENT + "\r\n\r\n";
    try (var kept = new Connection(server.at("/").getPort())) {
      assertThat(kept.ask("GET /broken HTTP/1.1\r\n" + first)).startsWith("HTTP/1.1 500 ");
      assertThat(kept.ask("GET /seen/1 HTTP/1.1\r\n" + first)).startsWith("HTTP/1.1 200 ");
      server.openTelemetry = OpenTelemetry.noop();
      assertThat(kept.ask("GET /seen/2 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer good\r\n\r\n"))
          .startsWith("HTTP/1.1 200 ");
    }
    assertThat(seen().traceInLog()).isEqualTo(TRACE);
    assertThat(seen()).isEqualTo(new Seen(null, null, null));
  }

  @Test
  void request_has_a_span_whose_parent_is_the_received_one() throws Exception {
    server.openTelemetry = sdk;
    ask("/seen/1?secret=in-the-query", "traceparent: " + PARENT + "\r\ntracestate: a=1\r\n");
    assertThat(answered().traceId()).isEqualTo(TRACE);
    assertThat(exporter.getFinishedSpanItems())
        .singleElement()
        .satisfies(span -> {
          assertThat(span.getName()).isEqualTo("GET /seen/{id}");
          assertThat(span.getKind()).isEqualTo(SpanKind.SERVER);
          assertThat(span.getTraceId()).isEqualTo(TRACE);
          assertThat(span.getParentSpanId()).isEqualTo(SPAN);
          assertThat(span.getSpanContext().getTraceState().get("a")).isEqualTo("1");
          assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
          assertThat(span.getAttributes().asMap())
              .containsEntry(stringKey("http.request.method"), "GET")
              .containsEntry(stringKey("http.route"), "/seen/{id}")
              .containsEntry(longKey("http.response.status_code"), 200L)
              .containsEntry(stringKey("url.scheme"), "http")
              .hasSize(4);
          assertThat(seen())
              .isEqualTo(
                  new Seen(
                      "00-" + TRACE + "-" + span.getSpanId() + "-01", TRACE, span.getSpanId()));
        });
  }

  @Test
  void request_without_a_trace_begins_one() throws Exception {
    server.openTelemetry = sdk;
    server.send(
        server.authorized(CONNECTIONS).POST(BodyPublishers.ofString(golden("create-request"))));
    var request = answered();
    assertThat(exporter.getFinishedSpanItems())
        .singleElement()
        .satisfies(span -> {
          assertThat(span.getName()).isEqualTo("POST " + CONNECTIONS);
          assertThat(span.getParentSpanContext().isValid()).isFalse();
          assertThat(span.getTraceId()).isEqualTo(request.traceId());
          assertThat(span.getAttributes().toString()).doesNotContain("good", "7dbd531d");
        });
  }

  @Test
  void failure_and_an_unknown_method_are_told_without_a_new_name_for_each() throws Exception {
    server.openTelemetry = sdk;
    ask("/broken", "");
    answered();
    server.raw("BREW /tea HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    answered();
    var spans = exporter.getFinishedSpanItems();
    assertThat(spans).hasSize(2);
    assertThat(spans.getFirst().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(spans.getFirst().getAttributes().get(stringKey("error.type"))).isEqualTo("500");
    assertThat(spans.getLast().getName()).isEqualTo("HTTP");
    assertThat(spans.getLast().getAttributes().get(stringKey("http.request.method")))
        .isEqualTo("_OTHER");
    assertThat(spans.getLast().getAttributes().get(stringKey("http.route"))).isNull();
  }
}
