package io.storageconnections.adapter.http.jetty;

import io.storageconnections.adapter.http.error.ErrorBody;
import io.storageconnections.adapter.http.pipeline.CorrelationId;
import io.storageconnections.adapter.http.pipeline.Cors;
import io.storageconnections.adapter.http.ratelimit.RateLimit;
import io.storageconnections.adapter.http.response.Json;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the errors of the API for requests that Jetty refuses before it calls Javalin, such as
 * requests with a malformed URL.
 */
public final class EnvelopeErrorHandler extends ErrorHandler {

  private static final String HEADER_TOO_LARGE =
      "The request line and the header fields have at most %d bytes together."
          .formatted(ConnectorLimits.REQUEST_HEADER_BYTES_MAX);

  private static final Logger LOG = LoggerFactory.getLogger(EnvelopeErrorHandler.class);

  private final RateLimit limit;

  /** Creates the handler of one server. */
  public EnvelopeErrorHandler(RateLimit limit) {
    this.limit = limit;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (response.getStatus() == HttpStatus.INTERNAL_SERVER_ERROR_500) {
      LOG.error("A request failed", (Throwable) request.getAttribute(ERROR_EXCEPTION));
    }
    var headers = response.getHeaders();
    if (!headers.contains(CorrelationId.HEADER)) {
      headers.put(
          CorrelationId.HEADER, CorrelationId.of(request.getHeaders().get(CorrelationId.HEADER)));
    }
    // CORS on every answer, because the path and the origin of a refused request may be unknown.
    Cors.allowAnyOrigin(headers::put);
    limit.addHeaders(headers::put, RateLimit.ofAddress(Request.getRemoteAddr(request)));
    headers.put(HttpHeader.CONTENT_TYPE, Json.TYPE);
    response.write(true, ByteBuffer.wrap(Json.bytes(error(response.getStatus()))), callback);
    return true;
  }

  private static ErrorBody error(int status) {
    return switch (status) {
      case 404 -> ErrorBody.routeNotFound();
      case 414, 431 -> ErrorBody.refused(HttpStatus.getMessage(status), HEADER_TOO_LARGE);
      case 500 -> ErrorBody.internalServerError();
      case 503 -> ErrorBody.unavailable();
      default -> ErrorBody.refused(HttpStatus.getMessage(status));
    };
  }
}
