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
import io.storageconnections.domain.run.RunKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer with one connection.
 *
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/create-storage-connection">The
 *     documented body, response 201</a>
 */
public record ConnectionBody(Connection connection) {

  /**
   * A connection with all its members.
   *
   * @param displayName null if the connection has no name
   * @param etag the ETag of an entry of a list, which has no header of its own; null, and absent
   *     from the body, in other answers. An addition of this project
   */
  public record Connection(
      String id,
      @Nullable String displayName,
      String iModelId,
      String iTwinId,
      String authenticationType,
      @JsonProperty("_links") ConnectionLinks links,
      @JsonProperty("_etag") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String etag) {}

  /**
   * The links of a connection.
   *
   * @param lastRun the run that was started last; null, and absent from the body, before the first
   *     run
   */
  public record ConnectionLinks(
      Link iModel, Link iTwin, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Link lastRun) {}

  /**
   * An entry of a list for a client that does not ask for {@code return=representation}.
   *
   * @param displayName null if the connection has no name
   */
  public record Summary(String id, @Nullable String displayName) {}

  /**
   * The body of an answer with one page of connections.
   *
   * @param connections only {@link Connection}s, or only {@link Summary}s
   */
  public record Connections(List<?> connections, @JsonProperty("_links") PagingLinks links) {}

  /** Returns the body for one connection. */
  public static ConnectionBody of(StorageConnection connection, Links links) {
    return new ConnectionBody(connection(connection, links, null));
  }

  /** Returns the body for one page of a list. */
  public static Connections list(
      Page<StorageConnection> page, Preference preference, PagingLinks paging, Links links) {
    return new Connections(
        switch (preference) {
          case MINIMAL -> page.items().stream().map(ConnectionBody::summary).toList();
          case REPRESENTATION ->
              page.items().stream()
                  .map(connection -> connection(connection, links, ETag.of(connection).text()))
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
            new Link(links.iModel(connection.iModel())),
            new Link(links.iTwin(connection.iTwin())),
            lastRun(connection, links)),
        etag);
  }

  private static @Nullable Link lastRun(StorageConnection connection, Links links) {
    var run = connection.lastRun();
    return run == null ? null : new Link(links.run(new RunKey(connection.id(), run)));
  }

  private static @Nullable String text(@Nullable DisplayName name) {
    return name == null ? null : name.value();
  }
}
