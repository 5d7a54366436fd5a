package io.storageconnections.application.connection;

import io.storageconnections.application.validation.ParsableAs;
import io.storageconnections.application.validation.Request;
import io.storageconnections.domain.connection.ConnectionId;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * The id of a connection, not yet validated.
 *
 * @param connectionId the text form of a {@link ConnectionId}; required
 */
public record ConnectionReference(
    @NotNull @ParsableAs(ConnectionId.class) @Nullable String connectionId) implements Request {

  /**
   * Creates a reference from the parsed id.
   *
   * @param connection the id of the connection
   * @return a valid reference
   */
  public static ConnectionReference of(ConnectionId connection) {
    return new ConnectionReference(connection.toString());
  }
}
