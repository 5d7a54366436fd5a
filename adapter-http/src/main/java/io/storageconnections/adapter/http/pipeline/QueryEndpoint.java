package io.storageconnections.adapter.http.pipeline;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.error.ConnectionErrors;
import io.storageconnections.adapter.http.error.Resource;
import io.storageconnections.adapter.http.request.QueryParameters;
import io.storageconnections.adapter.http.response.Json;
import io.storageconnections.application.port.Caller;

/**
 * Answers requests with query parameters. If the name of a parameter cannot be decoded, the answer
 * reports only that.
 */
public interface QueryEndpoint extends Endpoint {

  /** {@return the resource of the operation, which the code of an invalid query contains} */
  Resource resource();

  /** Answers one request. */
  void answer(Context ctx, Caller caller, QueryParameters parameters);

  @Override
  default void answer(Context ctx, Caller caller) {
    var parameters = new QueryParameters(ctx);
    if (parameters.hasUndecodableName()) {
      Json.write(ctx, 422, ConnectionErrors.undecodableParameterName(resource()));
    } else {
      answer(ctx, caller, parameters);
    }
  }
}
