package io.storageconnections.adapter.http.issuer;

import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The authorization endpoint (RFC 6749, section 4.1; PKCE is required). It shows no page: it sends
 * the browser back at once, with a code for the user of {@code login_hint}. Thread-safe.
 *
 * @param issuer the name of the issuer
 * @param names checks the names of client and user
 * @param additionalScopes the scopes that the issuer grants besides those of every issuer
 * @param codes the codes that the token endpoint exchanges
 */
record AuthorizationEndpoint(
    String issuer,
    Names names,
    Set<String> additionalScopes,
    SingleUseTokens<AuthorizationCode> codes) {

  /** The user if a request names none. */
  static final String DEFAULT_USER = "developer";

  /** Answers one request. */
  void answer(Context ctx) {
    var parameters = OAuthParameters.ofQuery(ctx);
    // Without a client and a URL that are certain, an error must not send the browser anywhere.
    var client =
        names.require(
            parameters.required("client_id"), OAuthError.INVALID_REQUEST, "The client's name");
    var redirectUri = RedirectUri.parse("redirect_uri", parameters.required("redirect_uri"));
    var answer = new LinkedHashMap<String, String>();
    try {
      answer.put("code", code(client, redirectUri, parameters));
    } catch (OAuthException refusal) {
      answer.put("error", refusal.error().code());
      answer.put("error_description", refusal.description());
    }
    putState(answer, parameters);
    answer.put("iss", issuer);
    redirectUri.redirect(ctx, answer);
  }

  private String code(String client, RedirectUri redirectUri, OAuthParameters parameters) {
    // A repeated state is an error, too.
    parameters.optional("state");
    requireOnly("code", parameters.required("response_type"), OAuthError.UNSUPPORTED_RESPONSE_TYPE);
    requireOnly("query", parameters.optional("response_mode"), OAuthError.INVALID_REQUEST);
    var scopes = Scopes.granted(parameters.optional("scope"), additionalScopes);
    var proofKey = ProofKey.read(parameters);
    var hint = parameters.optional("login_hint");
    var user =
        hint == null
            ? DEFAULT_USER
            : names.require(hint, OAuthError.INVALID_REQUEST, "The user's name in login_hint");
    var grant = new Grant(client, user, scopes);
    return codes.add(
        new AuthorizationCode(grant, redirectUri, proofKey, parameters.optional("nonce")));
  }

  private static void requireOnly(String only, @Nullable String value, OAuthError error) {
    if (value != null && !value.equals(only)) {
      throw new OAuthException(
          error,
          "The only response " + (only.equals("code") ? "type" : "mode") + " is " + only + ".");
    }
  }

  private static void putState(Map<String, String> answer, OAuthParameters parameters) {
    try {
      var state = parameters.optional("state");
      if (state != null) {
        answer.put("state", state);
      }
    } catch (OAuthException repeated) {
      // The client cannot know which one to expect, and gets none.
    }
  }
}
