package io.storageconnections.platform.application.imodel;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.port.Caller;
import io.storageconnections.platform.application.access.Permissions;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.port.IModelStore;
import io.storageconnections.platform.application.validation.Violations;
import io.storageconnections.platform.domain.imodel.IModel;
import io.storageconnections.platform.domain.member.Role;
import io.storageconnections.platform.domain.text.ShortText;

/** Validates the request; the store reads and changes the iModel in one transaction. */
record UpdateIModelUseCase(IModelStore iModels, Permissions permissions) implements UpdateIModel {

  @Override
  public Outcome<IModel> update(Caller caller, String id, IModelRequest request) {
    return permissions
        .iModel(caller, id, Role.WRITER)
        .flatMap(found -> {
          var present = request.present();
          var violations = new Violations(request.mistyped());
          var name =
              present.contains("name")
                  ? violations.required("name", request.name(), ShortText::parseName)
                  : null;
          var description =
              violations.optional("description", request.description(), ShortText::parse);
          var extent = IModelValidation.extent(request.extent(), violations);
          if (!violations.isEmpty()) {
            return violations.failed();
          }
          return iModels.update(
              found.id(),
              current ->
                  Outcome.success(
                      new IModel(
                          current.id(),
                          current.iTwin(),
                          present.contains("name") ? requireNonNull(name) : current.name(),
                          present.contains("description") ? description : current.description(),
                          present.contains("extent") ? extent : current.extent(),
                          current.createdBy(),
                          current.created())));
        });
  }
}
