package io.storageconnections.application.port.in;

import io.storageconnections.application.validation.Parses;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.StorageFileId;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * A source file as it was asked for, not yet judged: any member may be null or malformed.
 *
 * <p>Source: create-storage-connection.txt, "StorageFile (create)".
 *
 * @param storageFileId the text form of a {@link StorageFileId}; required
 * @param connectorType the text form of a {@link ConnectorType}; required
 */
public record SourceFileRequest(
    @NotNull @Parses(StorageFileId.class) @Nullable String storageFileId,
    @NotNull @Parses(ConnectorType.class) @Nullable String connectorType) {}
