package io.storageconnections.platform.application.storage;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file or folder as a request describes it, not yet validated: any member may be null or
 * malformed.
 *
 * @param mistyped the members that have another JSON type than documented; they are null
 */
public record ItemRequest(
    @Nullable String displayName, @Nullable String description, Set<String> mistyped) {}
