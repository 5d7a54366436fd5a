package io.storageconnections.adapter.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.javalin.http.Context;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.connectortype.ListConnectorTypes;
import io.storageconnections.application.connectortype.ListConnectorTypes.Outcome.Listed;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.FileExtension;
import java.util.List;

/** {@code GET /synchronization/connectortypes}. Ours. */
record ConnectorTypesEndpoint(ListConnectorTypes listConnectorTypes) implements Door.Endpoint {

  record Body(List<Connector> connectorTypes) {}

  record Connector(
      String connectorType,
      @JsonProperty("isDocumented") boolean documented,
      List<Extension> extensions) {

    static Connector of(ConnectorType type, List<FileExtension> extensions) {
      return new Connector(
          type.name(),
          type.isDocumented(),
          extensions.stream()
              .filter(extension -> extension.connectorTypes().contains(type))
              .map(extension -> new Extension(extension.text(), extension.defaultType() == type))
              .toList());
    }
  }

  record Extension(String extension, @JsonProperty("isDefault") boolean byDefault) {}

  @Override
  public void answer(Context ctx, Caller caller) {
    switch (listConnectorTypes.list(caller)) {
      case Listed(var types, var extensions) -> {
        var body =
            Json.bytes(
                new Body(types.stream().map(type -> Connector.of(type, extensions)).toList()));
        ETag.ofContent(body).answer(ctx, body);
      }
    }
  }
}
