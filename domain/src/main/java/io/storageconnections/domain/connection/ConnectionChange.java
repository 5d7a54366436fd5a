package io.storageconnections.domain.connection;

import org.jspecify.annotations.Nullable;

/**
 * What is to become different about a connection. What is null stays as it is.
 *
 * <p>Source: api-contract.md, section 1.2, operation 4.
 *
 * @param displayName what people are to call it; null leaves the name as it is
 * @param authenticationType on whose behalf its runs are to read files; null leaves that as it is
 */
public record ConnectionChange(
    @Nullable DisplayName displayName, @Nullable AuthenticationType authenticationType) {}
