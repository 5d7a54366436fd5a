package io.storageconnections.architecture.planted.host.sound;

import io.storageconnections.application.outcome.Failure;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Violation;
import io.storageconnections.application.port.Access;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import java.util.List;
import java.util.Optional;

/** Uses everything that an adapter may use. */
final class SingleITwinDirectory implements IModelDirectory {

  @Override
  public Access access(Caller caller, IModelId iModel) {
    return Access.CHANGE;
  }

  @Override
  public Optional<ITwinId> iTwinOf(Caller caller, IModelId iModel, StorageFileId firstFile) {
    return Optional.of(firstFile.iTwin());
  }

  static List<Violation> violations(Outcome<?, Failure.Invalid> outcome) {
    return switch (outcome) {
      case Outcome.Failed<?, Failure.Invalid>(var invalid) -> invalid.violations();
      case Outcome.Success<?, Failure.Invalid> success -> List.of();
    };
  }
}
