package io.storageconnections.adapter.http.link;

import io.storageconnections.application.port.ConnectionFilter;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.domain.connection.StorageFileId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Makes the absolute links of answers.
 *
 * @param publicUrl where this server is reached
 * @param apiUrl where the iModels, iTwins and Storage APIs are reached
 */
public record Links(BaseUrl publicUrl, BaseUrl apiUrl) {

  /**
   * Makes the links of a server that is reached where the other APIs are, too.
   *
   * @param url the text form of a {@link BaseUrl}
   * @return links that all begin with {@code url}
   * @throws IllegalArgumentException if {@code url} is no {@link BaseUrl}
   */
  public static Links at(String url) {
    var base = BaseUrl.parse(url);
    return new Links(base, base);
  }

  public String connection(ConnectionId id) {
    return publicUrl + Paths.STORAGE_CONNECTIONS + "/" + id;
  }

  /** The connections that {@code filter} means, by one of the paths where they are listed. */
  public String connections(String path, ConnectionFilter filter) {
    return publicUrl
        + path
        + "?imodelId="
        + filter.iModel()
        + parameter("storageFileId", filter.storageFileId())
        + parameter("connectorType", filter.connectorType())
        + parameter("displayName", filter.displayName());
  }

  private static String parameter(String name, @Nullable Object value) {
    return value == null
        ? ""
        : "&"
            + name
            + "="
            // Not as a form would: a plus sign is not a space to everybody.
            + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8).replace("+", "%20");
  }

  public String sourceFiles(ConnectionId connection) {
    return connection(connection) + "/sourcefiles";
  }

  public String sourceFile(ConnectionId connection, SourceFileId id) {
    return sourceFiles(connection) + "/" + id;
  }

  public String authorizationPage() {
    return publicUrl + Paths.AUTHORIZATION_PAGE;
  }

  public String iModel(IModelId id) {
    return apiUrl + "/imodels/" + id;
  }

  public String iTwin(ITwinId id) {
    return apiUrl + "/itwins/" + id;
  }

  public String file(StorageFileId id) {
    return apiUrl + "/storage/files/" + id;
  }
}
