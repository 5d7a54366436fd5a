package io.storageconnections.adapter.http.health;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.pipeline.RequestPipeline;
import io.storageconnections.adapter.http.pipeline.Routes;
import io.storageconnections.adapter.http.response.Json;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.readiness.CheckReadiness;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The health checks for a supervisor, such as Kubernetes: {@code /health/live} for liveness and
 * {@code /health/ready} for readiness. Thread-safe.
 */
public final class HealthEndpoints {

  private static final Logger LOG = LoggerFactory.getLogger(HealthEndpoints.class);

  private final CheckReadiness checkReadiness;
  private final RequestPipeline pipeline;
  private final boolean tellsReasons;

  /**
   * The reason for which the last check failed; null if it succeeded. The server logs a reason only
   * when it changes, because a supervisor checks every few seconds.
   */
  private final AtomicReference<StoreException.@Nullable Reason> logged = new AtomicReference<>();

  /**
   * Creates the endpoints of one server.
   *
   * @param tellsReasons whether an answer says why the server is not ready
   */
  public HealthEndpoints(
      CheckReadiness checkReadiness, RequestPipeline pipeline, boolean tellsReasons) {
    this.checkReadiness = checkReadiness;
    this.pipeline = pipeline;
    this.tellsReasons = tellsReasons;
  }

  /** Adds the routes to a server. */
  public void mount(Routes routes) {
    routes.getAndHead(
        "/health/live", pipeline.unlimited(ctx -> Json.write(ctx, 200, Map.of("status", "live"))));
    routes.getAndHead("/health/ready", pipeline.unlimited(this::answerReadiness));
  }

  private void answerReadiness(Context ctx) {
    try {
      checkReadiness.check();
      if (logged.getAndSet(null) != null) {
        LOG.info("The server is ready again");
      }
      Json.write(ctx, 200, Map.of("status", "ready"));
    } catch (StoreException failure) {
      if (logged.getAndSet(failure.reason()) != failure.reason()) {
        pipeline.logStoreFailure(failure);
      }
      if (tellsReasons) {
        pipeline.writeNotReady(ctx, failure);
      } else {
        pipeline.writeNotReady(ctx);
      }
    }
  }
}
