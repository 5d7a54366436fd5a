package io.storageconnections.adapter.http.issuer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.javalin.http.Context;
import io.storageconnections.adapter.http.port.TokenIssuer;
import io.storageconnections.adapter.http.response.Json;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The token endpoint (RFC 6749, sections 4.1.3, 4.4.2 and 6). Thread-safe.
 *
 * @param issuer signs the tokens
 * @param clients finds the client of a request
 * @param codes the codes that the authorization endpoint has issued
 * @param refreshTokens the refresh tokens; each is replaced when it is used
 */
record TokenEndpoint(
    TokenIssuer issuer,
    ClientAuthentication clients,
    SingleUseTokens<AuthorizationCode> codes,
    SingleUseTokens<Grant> refreshTokens) {

  private static final String CLIENT_CREDENTIALS = "client_credentials";
  private static final String AUTHORIZATION_CODE = "authorization_code";
  private static final String REFRESH_TOKEN = "refresh_token";

  /** The values of {@code grant_type}. */
  static final List<String> GRANT_TYPES =
      List.of(AUTHORIZATION_CODE, REFRESH_TOKEN, CLIENT_CREDENTIALS);

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Body(
      @JsonProperty("access_token") String accessToken,
      @JsonProperty("token_type") String tokenType,
      @JsonProperty("expires_in") long expiresIn,
      String scope,
      @JsonProperty("refresh_token") @Nullable String refreshToken,
      @JsonProperty("id_token") @Nullable String idToken) {

    @Override
    public String toString() {
      return "Body[scope=" + scope + "]";
    }
  }

  /**
   * Answers one request.
   *
   * @throws IOException if the client closes the connection
   */
  void answer(Context ctx) throws IOException {
    var parameters = OAuthParameters.ofForm(ctx);
    var grantType = parameters.required("grant_type");
    if (!GRANT_TYPES.contains(grantType)) {
      throw new OAuthException(
          OAuthError.UNSUPPORTED_GRANT_TYPE,
          "grant_type must be one of: " + String.join(", ", GRANT_TYPES) + ".");
    }
    var client = clients.client(ctx, parameters);
    var tokens =
        switch (grantType) {
          case AUTHORIZATION_CODE -> ofCode(client, parameters);
          case REFRESH_TOKEN -> renewed(client, parameters);
          default -> ofClient(client, parameters);
        };
    ctx.header("Cache-Control", "no-store");
    Json.write(ctx, 200, tokens);
  }

  /** Grants nothing that concerns a user, such as an ID token, because there is none. */
  private Body ofClient(String client, OAuthParameters parameters) {
    var scopes = Scopes.granted(parameters.optional("scope"), issuer.additionalScopes());
    return tokens(new Grant(client, client, scopes.withoutUser()), null, null);
  }

  private Body ofCode(String client, OAuthParameters parameters) {
    var text = parameters.required("code");
    var redirectUri = parameters.required("redirect_uri");
    var verifier = parameters.required("code_verifier");
    var code =
        codes
            .take(text)
            .filter(taken -> taken.grant().client().equals(client))
            .filter(taken -> taken.redirectUri().text().equals(redirectUri))
            .filter(taken -> taken.proofKey().isProvedBy(verifier))
            .orElseThrow(() ->
                new OAuthException(
                    OAuthError.INVALID_GRANT,
                    "The code is unknown, used or expired, or client_id, redirect_uri or"
                        + " code_verifier is not that of the login."));
    return tokensOfUser(code.grant(), code.grant().scopes(), code.nonce());
  }

  private Body renewed(String client, OAuthParameters parameters) {
    var token = parameters.required("refresh_token");
    var grant =
        refreshTokens
            .find(token)
            .filter(found -> found.client().equals(client))
            .orElseThrow(TokenEndpoint::refreshTokenRefused);
    var scopes = grant.scopes().renewed(parameters.optional("scope"));
    // Last, so that a request with another fault does not use the token up.
    if (refreshTokens.take(token).isEmpty()) {
      throw refreshTokenRefused();
    }
    return tokensOfUser(grant, scopes, null);
  }

  private static OAuthException refreshTokenRefused() {
    return new OAuthException(
        OAuthError.INVALID_GRANT,
        "The refresh token is unknown, used or expired, or of another client.");
  }

  /** Issues tokens with {@code scopes}; the refresh token keeps all scopes of the grant. */
  private Body tokensOfUser(Grant grant, Scopes scopes, @Nullable String nonce) {
    var refreshToken =
        grant.scopes().contains(Scopes.OFFLINE_ACCESS) ? refreshTokens.add(grant) : null;
    var idToken =
        scopes.contains(Scopes.OPENID) ? issuer.idToken(grant.client(), grant.user(), nonce) : null;
    return tokens(new Grant(grant.client(), grant.user(), scopes), refreshToken, idToken);
  }

  private Body tokens(Grant grant, @Nullable String refreshToken, @Nullable String idToken) {
    var token = issuer.issue(grant.client(), grant.user(), grant.scopes().toString());
    return new Body(
        token.value(),
        "Bearer",
        token.lifetime().toSeconds(),
        token.scope(),
        refreshToken,
        idToken);
  }
}
