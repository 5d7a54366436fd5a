package io.storageconnections.adapter.http;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.ErrorBody.Resource;
import io.storageconnections.adapter.http.JsonBody.Malformed;
import io.storageconnections.adapter.http.JsonBody.Parsed;
import io.storageconnections.application.port.Caller;
import java.io.IOException;

/** Answers requests that bring a JSON object. One that brings none is told only that. */
interface BodyEndpoint extends Door.Endpoint {

  /** What the requests are about. */
  Resource resource();

  /** Answers one request. */
  void answer(Context ctx, Caller caller, RequestBody body);

  @Override
  default void answer(Context ctx, Caller caller) throws IOException {
    switch (Json.read(ctx)) {
      case Parsed(var object) -> answer(ctx, caller, new RequestBody(object));
      case Malformed malformed -> Json.write(ctx, 422, ErrorBody.unreadable(resource(), malformed));
    }
  }
}
