package io.storageconnections.platform.domain.itwin;

import io.storageconnections.domain.connection.ITwinId;
import java.time.Instant;

/**
 * An iTwin.
 *
 * @param properties what callers choose
 * @param createdBy the subject that created the iTwin
 * @param modifiedBy the subject that changed the iTwin last
 */
public record ITwin(
    ITwinId id,
    ITwinProperties properties,
    String createdBy,
    Instant created,
    String modifiedBy,
    Instant modified) {}
