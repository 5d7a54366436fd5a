package io.storageconnections.adapter.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers what Jetty refuses before Javalin hears of it, such as a URL that is none. */
final class EnvelopeErrorHandler extends ErrorHandler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    var headers = response.getHeaders();
    if (!headers.contains(CorrelationId.HEADER)) {
      headers.put(
          CorrelationId.HEADER, CorrelationId.of(request.getHeaders().get(CorrelationId.HEADER)));
    }
    headers.put(HttpHeader.CONTENT_TYPE, "application/json");
    response.write(true, ByteBuffer.wrap(Json.bytes(error(response.getStatus()))), callback);
    return true;
  }

  private static ErrorBody error(int status) {
    return switch (status) {
      case 404 -> ErrorBody.routeNotFound();
      case 413 -> ErrorBody.requestTooLarge();
      case 500 -> ErrorBody.internalServerError();
      case 503 -> ErrorBody.shuttingDown();
      default -> ErrorBody.badRequest();
    };
  }
}
