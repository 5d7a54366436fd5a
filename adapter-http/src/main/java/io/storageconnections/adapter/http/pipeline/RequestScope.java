package io.storageconnections.adapter.http.pipeline;

import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What a thread knows of its request: the trace of the request is the current one, and the ids of
 * the request are in the context of the log. It begins and ends with the call of one handler, and
 * not with handlers before and after, because Javalin skips the handlers after a request that was
 * answered early, such as a preflight request. The thread serves other requests next.
 */
final class RequestScope {

  private static final String CORRELATION_ID = "correlationId";
  private static final String TRACE_ID = "traceId";
  private static final String SPAN_ID = "spanId";

  /**
   * What a request does within its scope.
   *
   * @param <E> the failure of the action
   */
  @FunctionalInterface
  interface Action<E extends Exception> {

    void run() throws E;
  }

  private RequestScope() {}

  /**
   * Runs an action within the scope of its request. Afterwards the thread is as before, also if the
   * application that embeds this server has ids of its own in the context of the log.
   *
   * @throws E the failure of the action
   */
  static <E extends Exception> void run(Context ctx, Action<E> action) throws E {
    var id = CorrelationId.of(ctx);
    var trace = RequestTrace.of(ctx);
    var idBefore = MDC.get(CORRELATION_ID);
    var traceBefore = MDC.get(TRACE_ID);
    var spanBefore = MDC.get(SPAN_ID);
    try {
      if (id != null) {
        MDC.put(CORRELATION_ID, id);
      }
      if (trace == null) {
        action.run();
      } else {
        MDC.put(TRACE_ID, trace.traceId());
        MDC.put(SPAN_ID, trace.spanId());
        trace.runAsCurrent(action);
      }
    } finally {
      restore(CORRELATION_ID, idBefore);
      restore(TRACE_ID, traceBefore);
      restore(SPAN_ID, spanBefore);
    }
  }

  /** Runs an action with this correlation id in the context of the log. */
  static void log(@Nullable String correlationId, Runnable action) {
    var before = MDC.get(CORRELATION_ID);
    restore(CORRELATION_ID, correlationId);
    try {
      action.run();
    } finally {
      restore(CORRELATION_ID, before);
    }
  }

  private static void restore(String key, @Nullable String before) {
    if (before == null) {
      MDC.remove(key);
    } else {
      MDC.put(key, before);
    }
  }
}
