package io.storageconnections.adapter.http.link;

import io.storageconnections.application.port.AuditFilter;
import io.storageconnections.application.port.ConnectionFilter;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.domain.run.RunKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Creates the absolute links of answers. Immutable.
 *
 * @param publicUrl the URL at which clients reach this server
 * @param apiUrl the URL at which clients reach the iModels, iTwins and Storage APIs
 */
public record Links(BaseUrl publicUrl, BaseUrl apiUrl) {

  /**
   * Creates the links of a server that clients reach at the same URL as the other APIs.
   *
   * @param url the text form of a {@link BaseUrl}
   * @return links that all begin with {@code url}
   * @throws IllegalArgumentException if {@link BaseUrl#parse} rejects {@code url}
   */
  public static Links at(String url) {
    var base = BaseUrl.parse(url);
    return new Links(base, base);
  }

  /**
   * {@return the URL of a storage connection}
   *
   * @param id the id of the connection
   */
  public String connection(ConnectionId id) {
    return publicUrl + Paths.STORAGE_CONNECTIONS + "/" + id;
  }

  /**
   * Returns the URL of a list of connections, without the parameters for paging.
   *
   * @param path the path of the list, which begins with a slash
   * @param filter the filter of the list, which becomes the query
   * @return the URL, to which {@code &} and more parameters can be appended
   */
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
            // Some clients do not decode a plus sign as a space.
            + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * {@return the URL of the source files of a storage connection}
   *
   * @param connection the id of the connection
   */
  public String sourceFiles(ConnectionId connection) {
    return connection(connection) + "/sourcefiles";
  }

  /**
   * {@return the URL of a source file}
   *
   * @param connection the id of its connection
   * @param id the id of the source file
   */
  public String sourceFile(ConnectionId connection, SourceFileId id) {
    return sourceFiles(connection) + "/" + id;
  }

  /**
   * {@return the URL of the runs of a storage connection}
   *
   * @param connection the id of the connection
   */
  public String runs(ConnectionId connection) {
    return connection(connection) + "/runs";
  }

  /**
   * {@return the URL of a run}
   *
   * @param run identifies the run
   */
  public String run(RunKey run) {
    return runs(run.connection()) + "/" + run.run();
  }

  /**
   * Returns the URL of an audit trail, without the parameters for paging.
   *
   * @param filter the filter of the list; the connection becomes the query
   * @return the URL, to which more parameters can be appended
   */
  public String audit(AuditFilter filter) {
    var path = publicUrl + Paths.AUDIT.replace("{iModelId}", filter.iModel().toString());
    return filter.connection() == null ? path : path + "?connectionId=" + filter.connection();
  }

  /** {@return the URL of the page to which the authorization information links} */
  public String authorizationPage() {
    return publicUrl + Paths.AUTHORIZATION_PAGE;
  }

  /**
   * {@return the URL of an iModel in the iModels API}
   *
   * @param id the id of the iModel
   */
  public String iModel(IModelId id) {
    return apiUrl + "/imodels/" + id;
  }

  /**
   * {@return the URL of an iTwin in the iTwins API}
   *
   * @param id the id of the iTwin
   */
  public String iTwin(ITwinId id) {
    return apiUrl + "/itwins/" + id;
  }

  /**
   * {@return the URL of a file in the Storage API}
   *
   * @param id the id of the file
   */
  public String file(StorageFileId id) {
    return apiUrl + "/storage/files/" + id;
  }
}
