package io.storageconnections.application.port;

import io.storageconnections.domain.connection.Origin;
import io.storageconnections.domain.connection.RunId;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The values with which a store starts a run.
 *
 * @param id the id of the run
 * @param origin the request that starts it
 * @param guids returns random GUIDs of version 4, for jobs and tasks
 * @param now the current time
 */
public record NewRun(RunId id, Origin origin, Supplier<UUID> guids, Instant now) {}
