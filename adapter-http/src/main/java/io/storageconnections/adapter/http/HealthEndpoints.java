package io.storageconnections.adapter.http;

import io.javalin.config.RoutesConfig;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.readiness.CheckReadiness;
import java.util.Map;

/** Tells whoever watches over the process whether it lives and whether it can serve. */
record HealthEndpoints(CheckReadiness checkReadiness) {

  void mount(RoutesConfig routes, Door door) {
    HttpApi.read(
        routes,
        "/health/live",
        door.uncounted(ctx -> Json.write(ctx, 200, Map.of("status", "live"))));
    HttpApi.read(
        routes,
        "/health/ready",
        door.uncounted(ctx -> {
          try {
            checkReadiness.check();
            Json.write(ctx, 200, Map.of("status", "ready"));
          } catch (StoreException failure) {
            Door.notReady(ctx, failure);
          }
        }));
  }
}
