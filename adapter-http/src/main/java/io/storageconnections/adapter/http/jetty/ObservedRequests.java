package io.storageconnections.adapter.http.jetty;

import io.storageconnections.adapter.http.pipeline.CorrelationId;
import io.storageconnections.adapter.http.pipeline.RequestAttributes;
import io.storageconnections.adapter.http.pipeline.RequestTrace;
import io.storageconnections.adapter.http.port.AnsweredRequest;
import io.storageconnections.adapter.http.port.RequestObserver;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.NanoTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the span of each request that has ended, and tells the observers of it. Jetty calls it once
 * for each request, also for one that it refuses before it calls a handler. Thread-safe.
 */
public final class ObservedRequests implements RequestLog {

  private static final Logger LOG = LoggerFactory.getLogger(ObservedRequests.class);

  private final List<RequestObserver> observers;

  /**
   * Creates the object of one server.
   *
   * @param observers are told of each request, in this order
   */
  public ObservedRequests(List<RequestObserver> observers) {
    this.observers = List.copyOf(observers);
  }

  @Override
  public void log(Request request, Response response) {
    try {
      var answered = answered(request, response);
      var trace = RequestTrace.of(request);
      if (trace != null) {
        trace.end(answered);
      }
      observers.forEach(observer -> tell(observer, answered));
    } catch (RuntimeException failure) {
      LOG.error("A request cannot be observed", failure);
    }
  }

  private static void tell(RequestObserver observer, AnsweredRequest request) {
    try {
      observer.answered(request);
    } catch (RuntimeException failure) {
      LOG.error("An observer of requests failed", failure);
    }
  }

  private static AnsweredRequest answered(Request request, Response response) {
    var caller = RequestAttributes.caller(request);
    var trace = RequestTrace.of(request);
    return new AnsweredRequest(
        RequestAttributes.knownMethod(request.getMethod()),
        RequestAttributes.route(request),
        status(response),
        Duration.ofNanos(Math.max(0, NanoTime.since(request.getBeginNanoTime()))),
        caller == null ? null : caller.client(),
        response.getHeaders().get(CorrelationId.HEADER),
        trace == null ? null : trace.traceId());
  }

  /**
   * Returns the status that Jetty has sent or tried to send. An answer of Jetty itself, to a
   * request that it refuses, has a status but does not count as committed.
   */
  private static int status(Response response) {
    if (response.getStatus() != 0) {
      return response.getStatus();
    }
    // A handler that sets no status leaves it to Jetty, which sends 200.
    return response.isCommitted() ? HttpStatus.OK_200 : 0;
  }
}
