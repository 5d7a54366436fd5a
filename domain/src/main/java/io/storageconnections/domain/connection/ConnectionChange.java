package io.storageconnections.domain.connection;

import org.jspecify.annotations.Nullable;

/**
 * What is to become different about a connection. What is null stays as it is.
 *
 * <p>Source: api-contract.md, section 1.2, operation 4.
 */
public record ConnectionChange(
    @Nullable DisplayName displayName, @Nullable AuthenticationType authenticationType) {}
