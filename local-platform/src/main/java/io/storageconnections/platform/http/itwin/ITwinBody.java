package io.storageconnections.platform.http.itwin;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.storageconnections.adapter.http.link.PagingLinks;
import io.storageconnections.adapter.http.request.Preference;
import io.storageconnections.application.port.Page;
import io.storageconnections.platform.domain.itwin.ITwin;
import io.storageconnections.platform.domain.itwin.ITwinAccount;
import io.storageconnections.platform.domain.member.UserId;
import io.storageconnections.platform.http.response.Timestamp;
import java.util.List;
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

  /** The body of an answer with one iTwin. */
  record One(ITwinBody iTwin) {}

  /**
   * The body of an answer with a page of iTwins.
   *
   * @param iTwins {@link ITwinBody}s or {@link Minimal}s
   */
  record Many(List<?> iTwins, @JsonProperty("_links") PagingLinks links) {}

  /** An iTwin in a list, with the members that identify and classify it. */
  record Minimal(
      String id,
      @JsonProperty("class") String iTwinClass,
      String subClass,
      @Nullable String type,
      String number,
      String displayName) {

    static Minimal of(ITwin iTwin) {
      var properties = iTwin.properties();
      return new Minimal(
          iTwin.id().toString(),
          properties.subClass().iTwinClass().toString(),
          properties.subClass().toString(),
          properties.type(),
          properties.number(),
          properties.displayName());
    }
  }

  static Many list(Page<ITwin> page, Preference preference, PagingLinks links) {
    return new Many(
        page.items().stream()
            .map(iTwin ->
                switch (preference) {
                  case MINIMAL -> Minimal.of(iTwin);
                  case REPRESENTATION -> of(iTwin);
                })
            .toList(),
        links);
  }

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
        (parent == null ? ITwinAccount.ID : parent).toString(),
        ITwinAccount.ID.toString(),
        null,
        null,
        Timestamp.text(iTwin.created()),
        UserId.of(iTwin.createdBy()).toString(),
        Timestamp.text(iTwin.modified()),
        UserId.of(iTwin.modifiedBy()).toString());
  }
}
