package io.storageconnections.domain.connection;

import org.jspecify.annotations.Nullable;

/**
 * New values for a connection. A null component leaves the current value unchanged.
 *
 * @param displayName the new display name; null keeps the current one
 * @param authenticationType the new authentication type; null keeps the current one
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/update-storage-connection">The
 *     documented operation</a>
 */
public record ConnectionChange(
    @Nullable DisplayName displayName, @Nullable AuthenticationType authenticationType) {}
