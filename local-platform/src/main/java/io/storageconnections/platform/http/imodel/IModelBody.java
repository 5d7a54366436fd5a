package io.storageconnections.platform.http.imodel;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.storageconnections.adapter.http.link.BaseUrl;
import io.storageconnections.adapter.http.link.Link;
import io.storageconnections.adapter.http.link.PagingLinks;
import io.storageconnections.adapter.http.request.Preference;
import io.storageconnections.application.port.Page;
import io.storageconnections.platform.domain.imodel.Extent;
import io.storageconnections.platform.domain.imodel.IModel;
import io.storageconnections.platform.domain.member.UserId;
import io.storageconnections.platform.http.response.Timestamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An iModel in the body of an answer, with the members of version 2 of the iModels API. */
record IModelBody(
    String id,
    String displayName,
    String name,
    @Nullable String description,
    String state,
    String createdDateTime,
    String iTwinId,
    @Nullable ExtentBody extent,
    String dataCenterLocation,
    boolean isSecured,
    String containersEnabled,
    String creationMode,
    @Nullable String lastChangesetPushDateTime,
    @JsonProperty("_links") LinksBody links) {

  /** The body of an answer with one iModel. */
  record One(IModelBody iModel) {}

  /**
   * The body of an answer with a page of iModels.
   *
   * @param iModels {@link IModelBody}s or {@link Minimal}s
   */
  record Many(List<?> iModels, @JsonProperty("_links") PagingLinks links) {}

  /** An iModel in a list, with the members that identify it. */
  record Minimal(String id, String displayName) {}

  record ExtentBody(Point southWest, Point northEast) {}

  record Point(double latitude, double longitude) {}

  record LinksBody(Link creator, Link namedVersions, Link changesets) {}

  /** The state of the operation that created an iModel. */
  record CreateOperation(Operation createOperation) {

    record Operation(String state) {}
  }

  /** The body of an answer with a user. */
  record OneUser(User user) {

    record User(
        String id,
        String displayName,
        String givenName,
        String surname,
        @Nullable String email,
        @JsonProperty("_links") UserLinks links) {}

    record UserLinks(Link self) {}
  }

  static Many list(Page<IModel> page, Preference preference, PagingLinks links, BaseUrl url) {
    return new Many(
        page.items().stream()
            .map(iModel ->
                switch (preference) {
                  case MINIMAL -> new Minimal(iModel.id().toString(), iModel.name());
                  case REPRESENTATION -> of(iModel, url);
                })
            .toList(),
        links);
  }

  static IModelBody of(IModel iModel, BaseUrl url) {
    var self = url + IModelRoutes.IMODELS + "/" + iModel.id();
    return new IModelBody(
        iModel.id().toString(),
        iModel.name(),
        iModel.name(),
        iModel.description(),
        "initialized",
        Timestamp.text(iModel.created()),
        iModel.iTwin().toString(),
        extent(iModel.extent()),
        "Local",
        false,
        "None",
        "empty",
        null,
        new LinksBody(
            new Link(self + "/users/" + UserId.of(iModel.createdBy())),
            new Link(self + "/namedversions"),
            new Link(self + "/changesets")));
  }

  private static @Nullable ExtentBody extent(@Nullable Extent extent) {
    return extent == null
        ? null
        : new ExtentBody(
            new Point(extent.south(), extent.west()), new Point(extent.north(), extent.east()));
  }

  static OneUser user(String subject, String iModelId, BaseUrl url) {
    var id = UserId.of(subject);
    return new OneUser(
        new OneUser.User(
            id.toString(),
            subject,
            subject,
            "",
            null,
            new OneUser.UserLinks(
                new Link(url + IModelRoutes.IMODELS + "/" + iModelId + "/users/" + id))));
  }
}
