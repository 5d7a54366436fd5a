package io.storageconnections.adapter.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.storageconnections.domain.connection.StorageConnection;
import org.jspecify.annotations.Nullable;

/**
 * A connection on the wire. {@code displayName} is null if there is none; the link {@code lastRun}
 * is left out until there is a run.
 *
 * <p>Source: create-storage-connection.txt, response 201.
 */
record ConnectionBody(Connection connection) {

  record Connection(
      String id,
      @Nullable String displayName,
      String iModelId,
      String iTwinId,
      String authenticationType,
      @JsonProperty("_links") ConnectionLinks links) {}

  record ConnectionLinks(Link iModel, Link iTwin) {}

  record Link(String href) {}

  static ConnectionBody of(StorageConnection connection, Links links) {
    var name = connection.displayName();
    return new ConnectionBody(
        new Connection(
            connection.id().toString(),
            name == null ? null : name.value(),
            connection.iModel().toString(),
            connection.iTwin().toString(),
            connection.authenticationType().toString(),
            new ConnectionLinks(
                new Link(links.iModel(connection.iModel())),
                new Link(links.iTwin(connection.iTwin())))));
  }
}
