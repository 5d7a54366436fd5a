package io.storageconnections.adapter.platform.exchange;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.HashMap;

/**
 * The span of one request to another system, a child of the current span. Without an OpenTelemetry
 * SDK it is the current span itself. It contains no path, because signed URLs are secrets. For one
 * thread.
 */
final class TracedExchange {

  private static final String INSTRUMENTATION = "io.storageconnections.platform";

  // The names of OpenTelemetry's semantic conventions for HTTP spans.
  private static final AttributeKey<String> METHOD = stringKey("http.request.method");
  private static final AttributeKey<Long> STATUS = longKey("http.response.status_code");
  private static final AttributeKey<Long> RESEND = longKey("http.request.resend_count");
  private static final AttributeKey<String> ADDRESS = stringKey("server.address");
  private static final AttributeKey<Long> PORT = longKey("server.port");
  private static final AttributeKey<String> ERROR_TYPE = stringKey("error.type");

  private final HttpRequest request;
  private final Context context;
  private final Span span;

  private TracedExchange(HttpRequest request, Context parent, Span span) {
    this.request = request;
    this.span = span;
    context = parent.with(span);
  }

  /**
   * Begins the span of a request.
   *
   * @param resends how often the request was sent before
   */
  static TracedExchange begin(OpenTelemetry openTelemetry, HttpRequest request, int resends) {
    var parent = Context.current();
    var uri = request.uri();
    var span =
        openTelemetry
            .getTracer(INSTRUMENTATION)
            .spanBuilder(request.method())
            .setSpanKind(SpanKind.CLIENT)
            .setParent(parent)
            .setAttribute(METHOD, request.method())
            .setAttribute(ADDRESS, uri.getHost())
            .setAttribute(PORT, port(uri));
    if (resends > 0) {
      span.setAttribute(RESEND, (long) resends);
    }
    return new TracedExchange(request, parent, span.startSpan());
  }

  private static long port(URI uri) {
    return uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
  }

  /** Returns the request with the headers {@code traceparent} and {@code tracestate}. */
  HttpRequest withTrace() {
    var headers = new HashMap<String, String>();
    W3CTraceContextPropagator.getInstance()
        .inject(context, headers, (carrier, name, value) -> carrier.put(name, value));
    if (headers.isEmpty()) {
      return request;
    }
    var traced = HttpRequest.newBuilder(request, (name, value) -> true);
    headers.forEach(traced::setHeader);
    return traced.build();
  }

  /** Ends the span of a request that was answered. */
  void answered(int status) {
    span.setAttribute(STATUS, (long) status);
    if (status >= 400) {
      span.setAttribute(ERROR_TYPE, Integer.toString(status)).setStatus(StatusCode.ERROR);
    }
    span.end();
  }

  /** Ends the span of a request without an answer. */
  void failed(Exception cause) {
    span.setAttribute(ERROR_TYPE, cause.getClass().getName()).setStatus(StatusCode.ERROR);
    span.end();
  }
}
