package io.storageconnections.platform.http.request;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.pipeline.Endpoint;
import io.storageconnections.application.port.Caller;
import io.storageconnections.platform.http.error.FailureResponse;

/**
 * Answers requests for a list.
 *
 * @param failure writes the answer to a query that cannot be decoded
 * @param handler answers the other requests
 */
public record ListEndpoint(FailureResponse failure, Handler handler) implements Endpoint {

  /** Answers one request for a list. */
  @FunctionalInterface
  public interface Handler {

    /** Answers one request. */
    void answer(Context ctx, Caller caller, ListQuery query);
  }

  @Override
  public void answer(Context ctx, Caller caller) {
    var query = new ListQuery(ctx);
    if (query.hasUndecodableName()) {
      failure.writeUndecodableName(ctx);
    } else {
      handler.answer(ctx, caller, query);
    }
  }
}
