package io.storageconnections.application.access;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.outcome.Failure.AccessRefused;
import io.storageconnections.application.outcome.Failure.ConnectionNotFound;
import io.storageconnections.application.outcome.Failure.InsufficientPermissions;
import io.storageconnections.application.port.Access;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.application.port.Permission;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.IModelId;
import java.util.Optional;

/**
 * Decides whether a caller may perform an operation. Two things decide: the directory says what the
 * caller may do with the iModel, and the caller's permissions say which kinds of operations the
 * service allows the caller at all. An iModel that does not exist for the caller stays unknown,
 * whichever permissions the caller has. Thread-safe.
 *
 * @param iModels tells what a caller may do with an iModel
 */
public record AccessControl(IModelDirectory iModels) {

  /** What a caller may do with an iModel. */
  public enum Decision {
    /** The caller may perform the operation. */
    ALLOWED,
    /** The caller may know that the iModel exists, and may not perform the operation. */
    FORBIDDEN,
    /** The iModel does not exist for the caller. */
    UNKNOWN
  }

  /**
   * Checks the directory.
   *
   * @throws NullPointerException if {@code iModels} is null
   */
  public AccessControl {
    requireNonNull(iModels, "iModels");
  }

  /**
   * Returns the access control of use cases.
   *
   * @param dependencies the dependencies of the use cases, with their directory
   * @return the access control
   */
  public static AccessControl of(Dependencies dependencies) {
    return new AccessControl(dependencies.iModels());
  }

  /**
   * Decides about an operation on an iModel.
   *
   * @param caller the caller
   * @param iModel the id of the iModel; may be unknown
   * @param needed the permission that the operation needs
   * @return the decision
   */
  public Decision decide(Caller caller, IModelId iModel, Permission needed) {
    var access = iModels.access(caller, iModel);
    if (access == Access.NONE) {
      return Decision.UNKNOWN;
    }
    return access.includes(accessFor(needed)) && caller.permissions().contains(needed)
        ? Decision.ALLOWED
        : Decision.FORBIDDEN;
  }

  /**
   * Decides about an operation on a connection. The connection itself need not exist.
   *
   * @param caller the caller
   * @param connection the id of the connection
   * @param needed the permission that the operation needs
   * @return why the caller may not perform the operation; empty if the caller may
   */
  public Optional<AccessRefused> refusal(
      Caller caller, ConnectionId connection, Permission needed) {
    return switch (decide(caller, connection.iModel(), needed)) {
      case ALLOWED -> Optional.empty();
      case FORBIDDEN -> Optional.of(new InsufficientPermissions(connection.iModel()));
      case UNKNOWN -> Optional.of(new ConnectionNotFound(connection));
    };
  }

  private static Access accessFor(Permission needed) {
    return switch (needed) {
      case READ -> Access.READ;
      case WRITE, RUN -> Access.CHANGE;
    };
  }
}
