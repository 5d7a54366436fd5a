package io.storageconnections.adapter.http.port;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Whether a part of a server works.
 *
 * @param name the name of the part, such as {@code database}
 * @param isRequired whether the server is not ready while this part is down
 * @param status the status
 * @param reason why the part has this status, for the operator; null if there is nothing to say. It
 *     contains no secret
 */
public record ComponentHealth(
    String name, boolean isRequired, Status status, @Nullable String reason) {

  /** Whether a part works. */
  public enum Status {
    /** It works. */
    UP,
    /** It does not work. */
    DOWN,
    /** The server has not used it yet. */
    UNKNOWN
  }

  /**
   * Checks the components that are never null.
   *
   * @throws NullPointerException if {@code name} or {@code status} is null
   */
  public ComponentHealth {
    requireNonNull(name, "name");
    requireNonNull(status, "status");
  }

  /** {@return whether the server is not ready because of this part} */
  public boolean preventsReadiness() {
    return isRequired && status == Status.DOWN;
  }
}
