package io.storageconnections.adapter.http.issuer;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.port.TokenIssuer;
import io.storageconnections.adapter.http.port.TokenIssuer.IssuedToken;
import io.storageconnections.adapter.http.response.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The introspection endpoint (RFC 7662), for access tokens and refresh tokens. Thread-safe.
 *
 * @param issuerName the name of the issuer
 * @param issuer verifies access tokens
 * @param clients finds the client of a request
 * @param refreshTokens the refresh tokens that are in force
 */
record IntrospectionEndpoint(
    String issuerName,
    TokenIssuer issuer,
    ClientAuthentication clients,
    SingleUseTokens<Grant> refreshTokens) {

  /**
   * Answers one request.
   *
   * @throws IOException if the client closes the connection
   */
  void answer(Context ctx) throws IOException {
    var parameters = OAuthParameters.ofForm(ctx);
    clients.client(ctx, parameters);
    var token = parameters.required("token");
    ctx.header("Cache-Control", "no-store");
    Json.write(
        ctx,
        200,
        issuer
            .verify(token)
            .map(this::ofAccessToken)
            .or(() -> refreshTokens.find(token).map(this::ofGrant))
            .orElse(Map.of("active", false)));
  }

  private Map<String, Object> ofAccessToken(IssuedToken token) {
    var members = members(token.client(), token.user(), token.scope());
    members.put("token_type", "Bearer");
    members.put("exp", token.expiry().getEpochSecond());
    members.put("iat", token.issuedAt().getEpochSecond());
    return members;
  }

  private Map<String, Object> ofGrant(Grant grant) {
    return members(grant.client(), grant.user(), grant.scopes().toString());
  }

  private Map<String, Object> members(String client, String user, String scope) {
    var members = new LinkedHashMap<String, Object>();
    members.put("active", true);
    members.put("scope", scope);
    members.put("client_id", client);
    members.put("username", user);
    members.put("sub", user);
    members.put("iss", issuerName);
    return members;
  }
}
