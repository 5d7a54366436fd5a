package io.storageconnections.adapter.http.connectortype;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.javalin.http.Context;
import io.storageconnections.adapter.http.pipeline.Endpoint;
import io.storageconnections.adapter.http.response.ETag;
import io.storageconnections.adapter.http.response.Json;
import io.storageconnections.application.connectortype.ListConnectorTypes;
import io.storageconnections.application.port.Caller;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.FileExtension;
import java.util.List;

/**
 * {@code GET /synchronization/connectortypes}: the connector types with their file extensions. An
 * addition of this project; the documented API has no such operation.
 */
record ConnectorTypesEndpoint(ListConnectorTypes listConnectorTypes) implements Endpoint {

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
    var listed = listConnectorTypes.list(caller);
    var body =
        Json.bytes(
            new Body(
                listed.connectorTypes().stream()
                    .map(type -> Connector.of(type, listed.extensions()))
                    .toList()));
    ETag.ofContent(body).writeOrNotModified(ctx, body);
  }
}
