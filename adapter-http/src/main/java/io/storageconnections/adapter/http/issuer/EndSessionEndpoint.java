package io.storageconnections.adapter.http.issuer;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.response.Json;
import java.util.Map;

/**
 * The logout endpoint (OpenID Connect RP-Initiated Logout). The issuer keeps no session, so there
 * is nothing to end; the endpoint sends the browser back to the client.
 */
final class EndSessionEndpoint {

  private EndSessionEndpoint() {}

  /** Answers one request. */
  static void answer(Context ctx) {
    var parameters = OAuthParameters.ofQuery(ctx);
    var uri = parameters.optional("post_logout_redirect_uri");
    var state = parameters.optional("state");
    if (uri == null) {
      ctx.header("Cache-Control", "no-store");
      Json.write(ctx, 200, Map.of("message", "The user is logged out."));
    } else {
      RedirectUri.parse("post_logout_redirect_uri", uri)
          .redirect(ctx, state == null ? Map.of() : Map.of("state", state));
    }
  }
}
