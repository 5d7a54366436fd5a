package io.storageconnections.adapter.http.issuer;

import org.jspecify.annotations.Nullable;

/**
 * The value of an authorization code: the grant, and what the client must show to get its tokens.
 *
 * @param grant the grant
 * @param redirectUri the URL to which the code was sent
 * @param proofKey the proof key of the client that began the login
 * @param nonce the value that the ID token repeats; null if the client sent none
 */
record AuthorizationCode(
    Grant grant, RedirectUri redirectUri, ProofKey proofKey, @Nullable String nonce) {}
