package io.storageconnections.adapter.http.issuer;

/**
 * What a user granted to a client.
 *
 * @param client the name of the client
 * @param user the name of the user
 * @param scopes the scopes
 */
record Grant(String client, String user, Scopes scopes) {}
