package io.storageconnections.application.sourcefile;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.access.AccessControl;
import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Failure.OfFileMove;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Violation;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.Permission;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileId;
import java.util.List;

/** Validates the ids; the store decides whether the source file exists in a wanted revision. */
record MoveSourceFileUseCase(Dependencies dependencies) implements MoveSourceFile {

  private static final Invalid OTHER_IMODEL =
      new Invalid(List.of(new Violation(Violation.Kind.INVALID, "targetConnectionId")));

  @Override
  public Outcome<SourceFile, OfFileMove> move(Caller caller, Move move, Precondition precondition) {
    requireNonNull(caller, "caller");
    requireNonNull(move, "move");
    requireNonNull(precondition, "precondition");
    var violations = dependencies.validator().violations(move);
    if (!violations.isEmpty()) {
      return Outcome.failed(new Invalid(violations));
    }
    var from = ConnectionId.parse(requireNonNull(move.connectionId()));
    var file = SourceFileId.parse(requireNonNull(move.sourceFileId()));
    var to = ConnectionId.parse(requireNonNull(move.targetConnectionId()));
    if (!from.iModel().equals(to.iModel())) {
      return Outcome.failed(OTHER_IMODEL);
    }
    var refused = AccessControl.of(dependencies).refusal(caller, from, Permission.WRITE);
    if (refused.isPresent()) {
      return Outcome.failed(refused.get());
    }
    return dependencies.store().moveFile(dependencies.cause(caller), from, file, to, precondition);
  }
}
