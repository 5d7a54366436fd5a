package io.storageconnections.adapter.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.storageconnections.adapter.http.error.ErrorBody;
import io.storageconnections.adapter.http.pipeline.RequestPipeline;
import io.storageconnections.adapter.http.pipeline.Routes;
import io.storageconnections.adapter.http.response.Json;
import org.jspecify.annotations.Nullable;

/**
 * The route {@code POST /development/reset}, which returns the server to its seed. An addition of
 * this project, for tests. It needs no bearer token, so that the server mounts it only where it
 * mounts development routes. Thread-safe.
 *
 * @param reset returns to the seed, thread-safe; null if the server has none
 */
record DevelopmentResetRoute(@Nullable Runnable reset) implements RouteGroup {

  private static final String PATH = "/development/reset";

  @Override
  public void mount(Routes routes, RequestPipeline pipeline) {
    routes.add(HandlerType.POST, PATH, pipeline.anonymous(this::answer));
  }

  private void answer(Context ctx) {
    if (reset == null) {
      Json.write(ctx, 404, ErrorBody.noSeed());
      return;
    }
    reset.run();
    Json.writeNothing(ctx, 204);
  }
}
