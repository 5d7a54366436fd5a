package io.storageconnections.adapter.http.development;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.storageconnections.adapter.http.error.ConnectionErrors;
import io.storageconnections.adapter.http.error.ErrorBody.Detail;
import io.storageconnections.adapter.http.error.Resource;
import io.storageconnections.adapter.http.error.ScriptErrors;
import io.storageconnections.adapter.http.pipeline.RequestPipeline;
import io.storageconnections.adapter.http.pipeline.Routes;
import io.storageconnections.adapter.http.port.ConnectorScripts;
import io.storageconnections.adapter.http.request.JsonBody;
import io.storageconnections.adapter.http.request.JsonBody.Malformed;
import io.storageconnections.adapter.http.request.JsonBody.Parsed;
import io.storageconnections.adapter.http.response.Json;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.InvalidValueException;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.domain.run.Script;
import java.io.IOException;
import java.util.ArrayList;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sets and removes the scripts of simulated connectors, for tests of integrations. Thread-safe.
 *
 * @param scripts keeps the scripts
 */
public record ScriptEndpoints(ConnectorScripts scripts) {

  private static final String SCRIPT = DevelopmentAccess.PREFIX + "script";
  private static final String FILE = "storageFileId";
  private static final String CONNECTOR_TYPE = "connectorType";

  /**
   * The file or the connector type that a script is set for.
   *
   * @param parameter the parameter of the path that names it
   * @param parse parses the parameter
   * @param invalid the fault of a parameter that cannot be parsed
   * @param setter sets the script
   */
  private record Subject<T>(
      String parameter, Function<String, T> parse, Detail invalid, BiConsumer<T, Script> setter) {}

  /** Adds the routes to a server, behind {@link DevelopmentAccess}. */
  public void mount(Routes routes, RequestPipeline pipeline) {
    var file =
        new Subject<>(
            FILE, StorageFileId::parse, ScriptErrors.invalidStorageFileId(), scripts.setForFile());
    var connectorType =
        new Subject<>(
            CONNECTOR_TYPE,
            ConnectorType::parse,
            ScriptErrors.invalidConnectorType(ConnectorType.values()),
            scripts.setForConnectorType());
    routes.add(
        HandlerType.PUT,
        SCRIPT + "/files/{" + FILE + "}",
        pipeline.anonymous(ctx -> set(ctx, file)));
    routes.add(
        HandlerType.PUT,
        SCRIPT + "/connectors/{" + CONNECTOR_TYPE + "}",
        pipeline.anonymous(ctx -> set(ctx, connectorType)));
    routes.add(HandlerType.DELETE, SCRIPT, pipeline.anonymous(this::clear));
  }

  private static void set(Context ctx, Subject<?> subject) throws IOException {
    switch (JsonBody.of(ctx)) {
      case Parsed(var object) -> set(ctx, subject, object);
      case Malformed(var reason, var line, var column) ->
          Json.write(
              ctx, 422, ConnectionErrors.malformedJson(Resource.SCRIPT, reason, line, column));
    }
  }

  private static <T> void set(Context ctx, Subject<T> subject, ObjectNode body) {
    var faults = new ArrayList<Detail>();
    @Nullable T parsed = null;
    try {
      parsed = subject.parse().apply(ctx.pathParam(subject.parameter()));
    } catch (InvalidValueException invalid) {
      faults.add(subject.invalid());
    }
    var script = new ScriptReader(body, faults).script();
    if (parsed == null || script.isEmpty()) {
      Json.write(ctx, 422, ScriptErrors.invalid(faults));
    } else {
      subject.setter().accept(parsed, script.get());
      Json.writeNothing(ctx, 204);
    }
  }

  private void clear(Context ctx) {
    scripts.clear().run();
    Json.writeNothing(ctx, 204);
  }
}
