package io.storageconnections.bootstrap;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.storageconnections.application.port.Attempt;
import io.storageconnections.application.port.Connector;
import io.storageconnections.application.port.Connectors;
import io.storageconnections.application.port.RunExecution.RunContext;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.run.AttemptOutcome;
import io.storageconnections.domain.run.Run;
import io.storageconnections.domain.run.RunResult;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Continues the trace of the request that started a run: each execution of the run has a span, and
 * each attempt at a task has one within it. The lines of the log that a worker writes name the run
 * and the request. Thread-safe.
 */
final class TracedRuns implements RunContext {

  private static final String INSTRUMENTATION = "io.storageconnections.runs";

  private static final AttributeKey<String> RUN = stringKey("storage_connections.run.id");
  private static final AttributeKey<String> CONNECTION =
      stringKey("storage_connections.connection.id");
  private static final AttributeKey<String> TASK = stringKey("storage_connections.task.id");
  private static final AttributeKey<Long> ATTEMPT = longKey("storage_connections.task.attempt");
  private static final AttributeKey<String> TYPE = stringKey("storage_connections.connector.type");
  private static final AttributeKey<String> RESULT = stringKey("storage_connections.task.result");
  private static final AttributeKey<String> ERROR_TYPE = stringKey("error.type");

  /** The result of an attempt that had to stop, so that it is repeated. */
  private static final String STOPPED = "Stopped";

  private static final String HEADER = "traceparent";

  private final Tracer tracer;

  TracedRuns(OpenTelemetry openTelemetry) {
    tracer = openTelemetry.getTracer(INSTRUMENTATION);
  }

  // The worker closes the scope when it leaves the context.
  @SuppressWarnings("MustBeClosedChecker")
  @Override
  public Entered enter(Run run) {
    var parent = parent(run.origin().traceParent());
    var span = span("run", run, parent).setSpanKind(SpanKind.CONSUMER).startSpan();
    var before = MDC.getCopyOfContextMap();
    put("runId", run.id().toString());
    put("correlationId", run.origin().correlationId());
    var ids = span.getSpanContext();
    if (ids.isValid()) {
      put("traceId", ids.getTraceId());
      put("spanId", ids.getSpanId());
    }
    var scope = parent.with(span).makeCurrent();
    return () -> {
      scope.close();
      span.end();
      MDC.setContextMap(before == null ? Map.of() : before);
    };
  }

  private static void put(String key, @Nullable String value) {
    if (value != null) {
      MDC.put(key, value);
    }
  }

  /** Returns connectors whose attempts have spans. */
  Connectors traced(Connectors connectors) {
    return type ->
        connectors.connector(type).map(connector -> new TracedConnector(this, type, connector));
  }

  private SpanBuilder span(String name, Run run, Context parent) {
    return tracer
        .spanBuilder(name)
        .setParent(parent)
        .setAttribute(RUN, run.id().toString())
        .setAttribute(CONNECTION, run.connection().toString());
  }

  private static Context parent(@Nullable String traceParent) {
    return traceParent == null
        ? Context.current()
        : W3CTraceContextPropagator.getInstance()
            .extract(Context.current(), Map.of(HEADER, traceParent), new Headers());
  }

  /** Returns a trace in the form of the header {@code traceparent}; empty if there is none. */
  private static Optional<String> traceParent(Context context) {
    var headers = new HashMap<String, String>();
    W3CTraceContextPropagator.getInstance()
        .inject(context, headers, (carrier, name, value) -> carrier.put(name, value));
    return Optional.ofNullable(headers.get(HEADER));
  }

  private record TracedConnector(TracedRuns runs, ConnectorType type, Connector connector)
      implements Connector {

    @Override
    public Optional<AttemptOutcome> attempt(Attempt attempt, AttemptControl control)
        throws InterruptedException {
      var parent = Context.current();
      var span =
          runs.span("attempt " + type, attempt.run(), parent)
              .setAttribute(TASK, attempt.task().id().toString())
              .setAttribute(ATTEMPT, (long) attempt.task().attempts())
              .setAttribute(TYPE, type.toString())
              .startSpan();
      var scope = parent.with(span).makeCurrent();
      try {
        var traced = traceParent(Context.current()).map(attempt::withTraceParent).orElse(attempt);
        var outcome = connector.attempt(traced, control);
        end(span, outcome);
        return outcome;
      } catch (InterruptedException | RuntimeException failure) {
        span.setAttribute(ERROR_TYPE, failure.getClass().getName()).setStatus(StatusCode.ERROR);
        throw failure;
      } finally {
        scope.close();
        span.end();
      }
    }

    private static void end(Span span, Optional<AttemptOutcome> outcome) {
      span.setAttribute(RESULT, outcome.map(ended -> ended.result().toString()).orElse(STOPPED));
      if (outcome.filter(ended -> ended.result() == RunResult.TIMED_OUT).isPresent()) {
        span.setAttribute(ERROR_TYPE, "timeout").setStatus(StatusCode.ERROR);
      } else if (outcome.filter(ended -> ended.result() == RunResult.ERROR).isPresent()) {
        span.setAttribute(ERROR_TYPE, "connector").setStatus(StatusCode.ERROR);
      }
    }

    @Override
    public Optional<Duration> timeLimit() {
      return connector.timeLimit();
    }
  }

  private static final class Headers implements TextMapGetter<Map<String, String>> {

    // Older versions of OpenTelemetry do not have a default.
    @SuppressWarnings("deprecation")
    @Override
    public Iterable<String> keys(Map<String, String> headers) {
      return headers.keySet();
    }

    @Override
    public @Nullable String get(@Nullable Map<String, String> headers, String name) {
      return headers == null ? null : headers.get(name);
    }
  }
}
