package io.storageconnections.adapter.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.javalin.http.Context;
import io.storageconnections.application.port.Caller;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.FileExtension;
import java.util.Arrays;
import java.util.List;

/**
 * {@code GET /synchronization/connectortypes}: which connectors there are and which files they fit,
 * so that clients need not know it by heart. It asks the domain itself, for nothing is to be judged
 * or decided. Ours.
 */
record ConnectorTypesEndpoint() implements Door.Endpoint {

  private static final byte[] BODY =
      Json.bytes(new Body(Arrays.stream(ConnectorType.values()).map(Connector::of).toList()));

  record Body(List<Connector> connectorTypes) {}

  record Connector(
      String connectorType,
      @JsonProperty("isDocumented") boolean documented,
      List<Extension> extensions) {

    static Connector of(ConnectorType type) {
      return new Connector(
          type.name(),
          type.isDocumented(),
          FileExtension.KNOWN.stream()
              .filter(extension -> extension.connectorTypes().contains(type))
              .map(extension -> new Extension(extension.text(), extension.defaultType() == type))
              .toList());
    }
  }

  record Extension(String extension, @JsonProperty("isDefault") boolean byDefault) {}

  @Override
  public void answer(Context ctx, Caller caller) {
    ETag.ofContent(BODY).answer(ctx, BODY);
  }
}
