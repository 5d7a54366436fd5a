package io.storageconnections.platform.domain.imodel;

import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An iModel. It has no content here: clients of storage connections need only its properties.
 *
 * @param name 1 to 255 characters; unique in the iTwin
 * @param description at most 255 characters
 * @param createdBy the subject that created the iModel
 */
public record IModel(
    IModelId id,
    ITwinId iTwin,
    String name,
    @Nullable String description,
    @Nullable Extent extent,
    String createdBy,
    Instant created) {}
