package io.storageconnections.adapter.http.pipeline;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.javalin.http.Context;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.storageconnections.adapter.http.port.AnsweredRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.Attributes;
import org.jspecify.annotations.Nullable;

/**
 * The trace of a request: the one that the caller names in the header {@code traceparent} (W3C
 * Trace Context), or the one that an OpenTelemetry SDK begins. While the request is served, the
 * trace is the current one of the thread, and its ids are in the context of the log. Without an SDK
 * the request has no span of its own, and the trace is passed on as it was received.
 *
 * <p>The thread of the request uses it, and one other thread calls {@link #end} later.
 */
public final class RequestTrace {

  private static final String INSTRUMENTATION = "io.storageconnections.http";
  private static final String ATTRIBUTE = RequestTrace.class.getName();
  private static final String HEADER = "traceparent";
  private static final String HEADER_OF_VENDORS = "tracestate";

  /** The propagator does not check the last two digits. */
  private static final Pattern ACCEPTABLE =
      Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

  // The names of OpenTelemetry's semantic conventions for HTTP spans.
  private static final AttributeKey<String> METHOD = stringKey("http.request.method");
  private static final AttributeKey<String> ROUTE = stringKey("http.route");
  private static final AttributeKey<Long> STATUS = longKey("http.response.status_code");
  private static final AttributeKey<String> SCHEME = stringKey("url.scheme");
  private static final AttributeKey<String> ERROR_TYPE = stringKey("error.type");
  private static final String OTHER_METHOD = "_OTHER";

  private final io.opentelemetry.context.Context context;
  private final String method;
  private final @Nullable Span ownSpan;

  private RequestTrace(
      io.opentelemetry.context.Context context, String method, @Nullable Span ownSpan) {
    this.method = method;
    this.context = context;
    this.ownSpan = ownSpan;
  }

  /**
   * Finds out the trace of a request, and begins its span. The trace does not become the current
   * one: a {@link RequestScope} does that while a handler runs.
   *
   * @param openTelemetry receives the span of the request, unless a span is current already, such
   *     as that of an agent
   */
  public static void begin(Context ctx, OpenTelemetry openTelemetry) {
    var current = io.opentelemetry.context.Context.current();
    Span own = null;
    if (!Span.fromContext(current).getSpanContext().isValid()) {
      current = received(ctx.req(), current);
      own =
          openTelemetry
              .getTracer(INSTRUMENTATION)
              .spanBuilder(name(method(ctx)))
              .setSpanKind(SpanKind.SERVER)
              .setParent(current)
              .setAttribute(METHOD, method(ctx))
              .setAttribute(SCHEME, ctx.scheme())
              .startSpan();
      current = current.with(own);
    }
    if (Span.fromContext(current).getSpanContext().isValid()) {
      ctx.attribute(ATTRIBUTE, new RequestTrace(current, method(ctx), own));
    }
  }

  private static String method(Context ctx) {
    var known = RequestAttributes.knownMethod(ctx.method().name());
    return known.equals(RequestAttributes.OTHER_METHOD) ? OTHER_METHOD : known;
  }

  private static String name(String method) {
    return method.equals(OTHER_METHOD) ? "HTTP" : method;
  }

  /** Returns the trace of a request; null if the request is part of none. */
  public static @Nullable RequestTrace of(Attributes request) {
    return (RequestTrace) request.getAttribute(ATTRIBUTE);
  }

  static @Nullable RequestTrace of(Context ctx) {
    return ctx.attribute(ATTRIBUTE);
  }

  /** Returns the id of the trace, 32 hexadecimal digits. */
  public String traceId() {
    return Span.fromContext(context).getSpanContext().getTraceId();
  }

  /** Returns the id of the span, 16 hexadecimal digits. */
  String spanId() {
    return Span.fromContext(context).getSpanContext().getSpanId();
  }

  /** Runs an action while this trace is the current one of the thread. */
  <E extends Exception> void runAsCurrent(RequestScope.Action<E> action) throws E {
    var scope = context.makeCurrent();
    try {
      action.run();
    } finally {
      scope.close();
    }
  }

  /** Returns the trace in the form of the header {@code traceparent}. */
  String traceParent() {
    var headers = new HashMap<String, String>();
    W3CTraceContextPropagator.getInstance()
        .inject(context, headers, (carrier, name, value) -> carrier.put(name, value));
    return Objects.requireNonNull(headers.get(HEADER));
  }

  /** Ends the span of the request, if this server began one. A second call has no effect. */
  public void end(AnsweredRequest request) {
    end(request.route(), request.status());
  }

  /** As {@link #end(AnsweredRequest)}, for a request to the server of a host. */
  public static void end(Context ctx) {
    var trace = of(ctx);
    if (trace != null) {
      trace.end(RequestAttributes.route(ctx), ctx.statusCode());
    }
  }

  private void end(@Nullable String route, int status) {
    if (ownSpan == null) {
      return;
    }
    if (route != null) {
      ownSpan.updateName(name(method) + " " + route);
      ownSpan.setAttribute(ROUTE, route);
    }
    if (status == 0) {
      ownSpan.setAttribute(ERROR_TYPE, "connection_closed").setStatus(StatusCode.ERROR);
    } else {
      ownSpan.setAttribute(STATUS, (long) status);
    }
    if (status >= 500) {
      ownSpan.setAttribute(ERROR_TYPE, Integer.toString(status)).setStatus(StatusCode.ERROR);
    }
    ownSpan.end();
  }

  /** Returns the trace that the caller names. Two headers, or a malformed one, name none. */
  private static io.opentelemetry.context.Context received(
      HttpServletRequest request, io.opentelemetry.context.Context current) {
    var sent = values(request, HEADER);
    if (sent.size() != 1 || !ACCEPTABLE.matcher(sent.getFirst()).matches()) {
      return current;
    }
    var headers = new HashMap<String, String>();
    headers.put(HEADER, sent.getFirst());
    headers.put(HEADER_OF_VENDORS, String.join(",", values(request, HEADER_OF_VENDORS)));
    return W3CTraceContextPropagator.getInstance().extract(current, headers, new Headers());
  }

  private static List<String> values(HttpServletRequest request, String header) {
    return Collections.list(request.getHeaders(header));
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
      return headers == null ? null : headers.get(name.toLowerCase(Locale.ROOT));
    }
  }
}
