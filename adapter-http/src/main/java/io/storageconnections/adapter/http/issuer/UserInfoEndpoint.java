package io.storageconnections.adapter.http.issuer;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.port.TokenIssuer;
import io.storageconnections.adapter.http.response.Json;
import io.storageconnections.adapter.http.security.Authentication.Result.Authenticated;
import io.storageconnections.adapter.http.security.Authentication.Result.Refused;
import io.storageconnections.adapter.http.security.BearerAuthentication;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Verification;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The UserInfo endpoint (OpenID Connect Core, section 5.3): the user of an access token.
 * Thread-safe.
 *
 * @param issuer verifies the token
 */
record UserInfoEndpoint(TokenIssuer issuer) {

  private static final String MAIL_DOMAIN = "@example.com";

  private static final Pattern MAIL_NAME =
      Pattern.compile("[A-Za-z0-9._-]{1,64}(" + Pattern.quote(MAIL_DOMAIN) + ")?");

  /** The members of an answer. */
  static final List<String> CLAIMS = List.of("sub", "name", "preferred_username", "email");

  /** Answers one request. */
  void answer(Context ctx) {
    switch (new BearerAuthentication(this::verify).authenticate(ctx)) {
      case Authenticated(var caller) -> {
        ctx.header("Cache-Control", "no-store");
        Json.write(ctx, 200, claims(caller.subject()));
      }
      case Refused(var status, var error, var challenge) -> {
        if (challenge != null) {
          ctx.header("WWW-Authenticate", challenge);
        }
        throw new OAuthException(status, OAuthError.INVALID_TOKEN, error.error().message());
      }
    }
  }

  private Verification verify(String token) {
    return issuer
        .verify(token)
        .<Verification>map(
            issued -> new Verification.Accepted(Caller.ofUser(issued.client(), issued.user())))
        .orElse(new Verification.Rejected(Verification.Reason.INVALID));
  }

  private static Map<String, Object> claims(String user) {
    var claims = new LinkedHashMap<String, Object>();
    claims.put("sub", user);
    claims.put("name", user);
    claims.put("preferred_username", user);
    // Only an address that belongs to no person.
    if (MAIL_NAME.matcher(user).matches()) {
      claims.put("email", user.endsWith(MAIL_DOMAIN) ? user : user + MAIL_DOMAIN);
    }
    return claims;
  }
}
