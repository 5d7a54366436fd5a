package io.storageconnections.application.port.in;

import io.storageconnections.application.validation.Parses;
import io.storageconnections.application.validation.Request;
import io.storageconnections.domain.connection.ConnectionId;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * Which connection is meant, not yet judged.
 *
 * @param connectionId the text form of a {@link ConnectionId}; required
 */
public record ConnectionReference(
    @NotNull @Parses(ConnectionId.class) @Nullable String connectionId) implements Request {}
