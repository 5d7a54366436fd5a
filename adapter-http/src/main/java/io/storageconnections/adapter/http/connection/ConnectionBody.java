package io.storageconnections.adapter.http.connection;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.storageconnections.adapter.http.link.Link;
import io.storageconnections.adapter.http.link.Links;
import io.storageconnections.adapter.http.link.PagingLinks;
import io.storageconnections.adapter.http.request.Preference;
import io.storageconnections.adapter.http.response.ETag;
import io.storageconnections.application.port.Page;
import io.storageconnections.domain.connection.DisplayName;
import io.storageconnections.domain.connection.StorageConnection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection on the wire. {@code displayName} is null if there is none; the link {@code lastRun}
 * is left out until there is a run.
 *
 * <p>Source: create-storage-connection.txt, response 201; api-contract.md, section 2.
 */
public record ConnectionBody(Connection connection) {

  /**
   * All that is told of one.
   *
   * @param etag of an entry of a list, which has no header of its own; ours
   */
  public record Connection(
      String id,
      @Nullable String displayName,
      String iModelId,
      String iTwinId,
      String authenticationType,
      @JsonProperty("_links") ConnectionLinks links,
      @JsonProperty("_etag") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String etag) {}

  public record ConnectionLinks(Link iModel, Link iTwin) {}

  /** What is told of one in a list if nobody asks for more. */
  public record Summary(String id, @Nullable String displayName) {}

  /**
   * A list of them.
   *
   * @param connections each a {@link Connection}, or each a {@link Summary}
   */
  public record Connections(List<?> connections, @JsonProperty("_links") PagingLinks links) {}

  public static ConnectionBody of(StorageConnection connection, Links links) {
    return new ConnectionBody(connection(connection, links, null));
  }

  public static Connections list(
      Page<StorageConnection> page, Preference preference, PagingLinks paging, Links links) {
    return new Connections(
        switch (preference) {
          case MINIMAL -> page.items().stream().map(ConnectionBody::summary).toList();
          case REPRESENTATION ->
              page.items().stream()
                  .map(connection ->
                      connection(connection, links, ETag.ofRevision(connection.revision()).text()))
                  .toList();
        },
        paging);
  }

  private static Summary summary(StorageConnection connection) {
    return new Summary(connection.id().toString(), text(connection.displayName()));
  }

  private static Connection connection(
      StorageConnection connection, Links links, @Nullable String etag) {
    return new Connection(
        connection.id().toString(),
        text(connection.displayName()),
        connection.iModel().toString(),
        connection.iTwin().toString(),
        connection.authenticationType().toString(),
        new ConnectionLinks(
            new Link(links.iModel(connection.iModel())), new Link(links.iTwin(connection.iTwin()))),
        etag);
  }

  private static @Nullable String text(@Nullable DisplayName name) {
    return name == null ? null : name.value();
  }
}
