package io.storageconnections.application.sourcefile;

import io.storageconnections.application.validation.ParsableAs;
import io.storageconnections.application.validation.Request;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.SourceFileId;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * The ids of a connection and of one of its source files, not yet validated.
 *
 * @param connectionId the text form of a {@link ConnectionId}; required
 * @param sourceFileId the text form of a {@link SourceFileId}; required
 */
public record SourceFileReference(
    @NotNull @ParsableAs(ConnectionId.class) @Nullable String connectionId,
    @NotNull @ParsableAs(SourceFileId.class) @Nullable String sourceFileId)
    implements Request {

  /**
   * Creates a reference from the parsed ids.
   *
   * @param connection the id of the connection
   * @param sourceFile the id of the source file
   * @return a valid reference
   */
  public static SourceFileReference of(ConnectionId connection, SourceFileId sourceFile) {
    return new SourceFileReference(connection.toString(), sourceFile.toString());
  }
}
