package io.storageconnections.platform.http.itwin;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.storageconnections.platform.domain.itwin.ITwin;
import io.storageconnections.platform.http.response.Timestamp;
import org.jspecify.annotations.Nullable;

/** An iTwin in the body of an answer, with the members that the iTwins API documents. */
record ITwinBody(
    String id,
    @JsonProperty("class") String iTwinClass,
    String subClass,
    @Nullable String type,
    String number,
    String displayName,
    @Nullable String geographicLocation,
    @Nullable String ianaTimeZone,
    @Nullable String dataCenterLocation,
    String status,
    String parentId,
    String iTwinAccountId,
    @Nullable String imageName,
    @Nullable String image,
    String createdDateTime,
    String createdBy,
    String lastModifiedDateTime,
    String lastModifiedBy) {

  /**
   * The account of all iTwins here, which is the parent of those without another one. The API
   * documents accounts; this platform has exactly one.
   */
  static final String ACCOUNT = "a86ab5d4-30c4-4b3a-9dd1-6a7fcd2a1f57";

  /** The body of an answer with one iTwin. */
  record One(ITwinBody iTwin) {}

  static ITwinBody of(ITwin iTwin) {
    var properties = iTwin.properties();
    var parent = properties.parent();
    return new ITwinBody(
        iTwin.id().toString(),
        properties.subClass().iTwinClass().toString(),
        properties.subClass().toString(),
        properties.type(),
        properties.number(),
        properties.displayName(),
        properties.geographicLocation(),
        properties.ianaTimeZone(),
        properties.dataCenterLocation(),
        properties.status().toString(),
        parent == null ? ACCOUNT : parent.toString(),
        ACCOUNT,
        null,
        null,
        Timestamp.text(iTwin.created()),
        iTwin.createdBy(),
        Timestamp.text(iTwin.modified()),
        iTwin.modifiedBy());
  }
}
