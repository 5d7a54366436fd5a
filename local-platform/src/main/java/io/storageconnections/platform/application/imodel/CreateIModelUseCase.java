package io.storageconnections.platform.application.imodel;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.port.Caller;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.port.IModelStore;
import io.storageconnections.platform.application.validation.Violations;
import io.storageconnections.platform.domain.id.ScopeId;
import io.storageconnections.platform.domain.imodel.IModel;
import io.storageconnections.platform.domain.member.Role;
import io.storageconnections.platform.domain.text.ShortText;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;

/** Validates the request; the store decides which request gets a name. */
record CreateIModelUseCase(
    IModelStore iModels, Permissions permissions, Clock clock, Supplier<UUID> ids)
    implements CreateIModel {

  /** The only documented mode in which an iModel begins without content. */
  private static final String EMPTY = "empty";

  @Override
  public Outcome<IModel> create(Caller caller, IModelRequest request) {
    var violations = new Violations(request.mistyped());
    var iTwin = violations.required("iTwinId", request.iTwinId(), ITwinId::parse);
    var name = violations.required("name", request.name(), ShortText::parseName);
    var description = violations.optional("description", request.description(), ShortText::parse);
    var extent = IModelValidation.extent(request.extent(), violations);
    var unused =
        violations.optional(
            "creationMode", request.creationMode(), CreateIModelUseCase::creationMode);
    if (!violations.isEmpty()) {
      return violations.failed();
    }
    return permissions
        .iTwin(caller, requireNonNull(iTwin).toString(), Role.WRITER)
        .flatMap(known ->
            iModels.add(
                new IModel(
                    new IModelId(ScopeId.next(ids)),
                    known,
                    requireNonNull(name),
                    description,
                    extent,
                    caller.subject(),
                    clock.instant())));
  }

  private static String creationMode(String text) {
    if (!text.equals(EMPTY)) {
      throw new IllegalArgumentException(EMPTY);
    }
    return text;
  }
}
