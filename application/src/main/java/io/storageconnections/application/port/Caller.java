package io.storageconnections.application.port;

/**
 * Who asks, as a verified token or an embedding service says.
 *
 * @param client the name of the client application: a token's {@code client_id}, else its {@code
 *     sub}. Requests are counted by it
 */
public record Caller(String client) {}
