package io.storageconnections.adapter.http.pipeline;

import io.javalin.http.Context;
import io.storageconnections.application.port.Caller;
import java.io.IOException;

/** Answers the requests of authenticated callers. Thread-safe. */
@FunctionalInterface
public interface Endpoint {

  /**
   * Answers one request.
   *
   * @throws IOException if the client closes the connection
   */
  void answer(Context ctx, Caller caller) throws IOException;
}
