package io.storageconnections.platform.application.port;

import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.platform.domain.itwin.ITwinStatus;
import io.storageconnections.platform.domain.itwin.ITwinSubClass;
import org.jspecify.annotations.Nullable;

/**
 * Selects iTwins. A null component selects all.
 *
 * @param search selects iTwins whose name or number contains this text, in any case
 * @param status the status; if it is null, {@code includeInactive} decides
 * @param includeInactive whether iTwins count that are not active
 */
public record ITwinFilter(
    @Nullable ITwinSubClass subClass,
    @Nullable String displayName,
    @Nullable String number,
    @Nullable String type,
    @Nullable ITwinStatus status,
    @Nullable ITwinId parent,
    @Nullable String search,
    boolean includeInactive) {}
