package io.storageconnections.adapter.http;

import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;

/**
 * Makes the absolute links of answers.
 *
 * @param publicUrl where this server is reached
 * @param apiUrl where the iModels and iTwins APIs are reached
 */
public record Links(BaseUrl publicUrl, BaseUrl apiUrl) {

  String connection(ConnectionId id) {
    return publicUrl + HttpApi.CONNECTIONS + "/" + id;
  }

  String iModel(IModelId id) {
    return apiUrl + "/imodels/" + id;
  }

  String iTwin(ITwinId id) {
    return apiUrl + "/itwins/" + id;
  }
}
