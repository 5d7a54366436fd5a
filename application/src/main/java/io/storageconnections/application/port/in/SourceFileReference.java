package io.storageconnections.application.port.in;

import io.storageconnections.application.validation.Parses;
import io.storageconnections.application.validation.Request;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.SourceFileId;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * Which source file of which connection is meant, not yet judged.
 *
 * @param connectionId the text form of a {@link ConnectionId}; required
 * @param sourceFileId the text form of a {@link SourceFileId}; required
 */
public record SourceFileReference(
    @NotNull @Parses(ConnectionId.class) @Nullable String connectionId,
    @NotNull @Parses(SourceFileId.class) @Nullable String sourceFileId)
    implements Request {}
