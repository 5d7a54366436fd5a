package io.storageconnections.platform.application.itwin;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.storageconnections.application.outcome.Violation.Kind;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.validation.Violations;
import io.storageconnections.platform.domain.itwin.ITwinClass;
import io.storageconnections.platform.domain.itwin.ITwinProperties;
import io.storageconnections.platform.domain.itwin.ITwinStatus;
import io.storageconnections.platform.domain.itwin.ITwinSubClass;
import io.storageconnections.platform.domain.text.ShortText;

/** Validates the properties of iTwins in requests. */
final class ITwinValidation {

  private ITwinValidation() {}

  /**
   * Returns the properties of a new iTwin.
   *
   * @param id the id of the new iTwin, which is its number if the request has none
   */
  static Outcome<ITwinProperties> ofCreation(ITwinRequest request, ITwinId id) {
    var violations = new Violations(request.mistyped());
    var iTwinClass = violations.required("class", request.iTwinClass(), ITwinClass::parse);
    var subClass = violations.required("subClass", request.subClass(), ITwinSubClass::parse);
    if (iTwinClass != null && subClass != null && subClass.iTwinClass() != iTwinClass) {
      violations.add(Kind.INVALID, "subClass");
    }
    var displayName =
        violations.required("displayName", request.displayName(), ShortText::parseName);
    var number = violations.optional("number", request.number(), ShortText::parseName);
    var type = violations.optional("type", request.type(), ShortText::parse);
    var location =
        violations.optional("geographicLocation", request.geographicLocation(), ShortText::parse);
    var zone = violations.optional("ianaTimeZone", request.ianaTimeZone(), ShortText::parse);
    var dataCenter =
        violations.optional("dataCenterLocation", request.dataCenterLocation(), ShortText::parse);
    var status = violations.optional("status", request.status(), ITwinStatus::parse);
    var parent = violations.optional("parentId", request.parentId(), ITwinId::parse);
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
}
