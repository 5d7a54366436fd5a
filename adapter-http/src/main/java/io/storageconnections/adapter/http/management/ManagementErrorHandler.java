package io.storageconnections.adapter.http.management;

import io.storageconnections.adapter.http.response.Json;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Writes errors as JSON for requests that Jetty refuses before it calls Javalin. */
public final class ManagementErrorHandler extends ErrorHandler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Json.TYPE);
    response.write(
        true,
        ByteBuffer.wrap(Json.bytes(ManagementEndpoints.error(response.getStatus()))),
        callback);
    return true;
  }
}
