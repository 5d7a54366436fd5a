package io.storageconnections.platform.http.request;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.pipeline.Endpoint;
import io.storageconnections.adapter.http.request.JsonBody;
import io.storageconnections.adapter.http.request.JsonBody.Malformed;
import io.storageconnections.adapter.http.request.JsonBody.Parsed;
import io.storageconnections.application.port.Caller;
import io.storageconnections.platform.http.error.FailureResponse;
import java.io.IOException;

/**
 * Answers requests whose body is a JSON object.
 *
 * @param failure writes the answer to a body that is none
 * @param handler answers the other requests
 */
public record BodyEndpoint(FailureResponse failure, Handler handler) implements Endpoint {

  /** Answers one request with a body. */
  @FunctionalInterface
  public interface Handler {

    /** Answers one request. */
    void answer(Context ctx, Caller caller, JsonMembers body);
  }

  @Override
  public void answer(Context ctx, Caller caller) throws IOException {
    switch (JsonBody.of(ctx)) {
      case Parsed(var object) -> handler.answer(ctx, caller, new JsonMembers(object));
      case Malformed malformed -> failure.write(ctx, malformed);
    }
  }
}
