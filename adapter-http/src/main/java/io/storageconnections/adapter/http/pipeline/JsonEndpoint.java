package io.storageconnections.adapter.http.pipeline;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.error.ConnectionErrors;
import io.storageconnections.adapter.http.error.Resource;
import io.storageconnections.adapter.http.request.JsonBody;
import io.storageconnections.adapter.http.request.JsonBody.Malformed;
import io.storageconnections.adapter.http.request.JsonBody.Parsed;
import io.storageconnections.adapter.http.request.RequestBody;
import io.storageconnections.adapter.http.response.Json;
import io.storageconnections.application.port.Caller;
import java.io.IOException;

/**
 * Answers requests whose body is a JSON object. If the body is malformed, the answer reports only
 * that.
 */
public interface JsonEndpoint extends Endpoint {

  /** {@return the resource of the operation, which the code of a malformed body contains} */
  Resource resource();

  /** Answers one request. */
  void answer(Context ctx, Caller caller, RequestBody body);

  @Override
  default void answer(Context ctx, Caller caller) throws IOException {
    switch (JsonBody.of(ctx)) {
      case Parsed(var object) -> answer(ctx, caller, new RequestBody(object));
      case Malformed(var reason, var line, var column) ->
          Json.write(ctx, 422, ConnectionErrors.malformedJson(resource(), reason, line, column));
    }
  }
}
