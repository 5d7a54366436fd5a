package io.storageconnections.platform.application.itwin;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.storageconnections.application.outcome.Violation.Kind;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.validation.Violations;
import io.storageconnections.platform.domain.itwin.ITwinAccount;
import io.storageconnections.platform.domain.itwin.ITwinClass;
import io.storageconnections.platform.domain.itwin.ITwinProperties;
import io.storageconnections.platform.domain.itwin.ITwinStatus;
import io.storageconnections.platform.domain.itwin.ITwinSubClass;
import io.storageconnections.platform.domain.text.ShortText;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Validates the properties of iTwins in requests.
 *
 * @param isParent tells which iTwins may be above another one
 */
record ITwinValidation(Predicate<ITwinId> isParent) {

  /**
   * Returns the properties of a new iTwin.
   *
   * @param id the id of the new iTwin, which is its number if the request has none
   */
  Outcome<ITwinProperties> ofCreation(ITwinRequest request, ITwinId id) {
    var reader = new PropertiesReader(request, new Violations(request.mistyped()), null);
    return reader.properties(id, isParent);
  }

  /**
   * Returns the properties of a changed iTwin: those that the request has, and the current ones.
   *
   * @param id the id of the iTwin, which is its number if the request sets none
   */
  Outcome<ITwinProperties> ofUpdate(ITwinRequest request, ITwinId id, ITwinProperties current) {
    var reader = new PropertiesReader(request, new Violations(request.mistyped()), current);
    return reader.properties(id, isParent);
  }

  /**
   * Reads the members of one request.
   *
   * @param current the current properties, which count for members that the request does not have;
   *     null if the iTwin is new
   */
  private record PropertiesReader(
      ITwinRequest request, Violations violations, @Nullable ITwinProperties current) {

    Outcome<ITwinProperties> properties(ITwinId id, Predicate<ITwinId> isParent) {
      var iTwinClass =
          isAbsent("class")
              ? null
              : violations.required("class", request.iTwinClass(), ITwinClass::parse);
      var subClass =
          isAbsent("subClass")
              ? requireNonNull(current).subClass()
              : violations.required("subClass", request.subClass(), ITwinSubClass::parse);
      if (iTwinClass != null && subClass != null && subClass.iTwinClass() != iTwinClass) {
        violations.add(Kind.INVALID, isAbsent("subClass") ? "class" : "subClass");
      }
      var displayName =
          isAbsent("displayName")
              ? requireNonNull(current).displayName()
              : violations.required("displayName", request.displayName(), ShortText::parseName);
      var number =
          isAbsent("number")
              ? requireNonNull(current).number()
              : violations.optional("number", request.number(), ShortText::parseName);
      var type = text("type", request.type(), current == null ? null : current.type());
      var location =
          text(
              "geographicLocation",
              request.geographicLocation(),
              current == null ? null : current.geographicLocation());
      var zone =
          text(
              "ianaTimeZone",
              request.ianaTimeZone(),
              current == null ? null : current.ianaTimeZone());
      var dataCenter =
          text(
              "dataCenterLocation",
              request.dataCenterLocation(),
              current == null ? null : current.dataCenterLocation());
      var status =
          isAbsent("status")
              ? requireNonNull(current).status()
              : violations.optional("status", request.status(), ITwinStatus::parse);
      var parent = isAbsent("parentId") ? requireNonNull(current).parent() : parent(id, isParent);
      return violations.isEmpty()
          ? Outcome.success(
              new ITwinProperties(
                  requireNonNull(subClass),
                  requireNonNull(displayName),
                  requireNonNullElse(number, id.toString()),
                  type,
                  location,
                  zone,
                  dataCenter,
                  requireNonNullElse(status, ITwinStatus.ACTIVE),
                  parent))
          : violations.failed();
    }

    /** Returns whether the current value of a member counts. */
    private boolean isAbsent(String name) {
      return current != null && !request.present().contains(name);
    }

    private @Nullable String text(
        String name, @Nullable String requested, @Nullable String currentText) {
      return isAbsent(name) ? currentText : violations.optional(name, requested, ShortText::parse);
    }

    private @Nullable ITwinId parent(ITwinId id, Predicate<ITwinId> isParent) {
      var parent = violations.optional("parentId", request.parentId(), ITwinId::parse);
      if (parent == null || parent.equals(ITwinAccount.ID)) {
        return null;
      }
      if (parent.equals(id) || !isParent.test(parent)) {
        violations.add(Kind.INVALID, "parentId");
      }
      return parent;
    }
  }
}
