package io.storageconnections.adapter.http.development;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.storageconnections.adapter.http.error.ErrorBody;
import io.storageconnections.adapter.http.link.BaseUrl;
import io.storageconnections.adapter.http.pipeline.RequestPipeline;
import io.storageconnections.adapter.http.pipeline.Routes;
import io.storageconnections.adapter.http.port.TokenIssuer;
import io.storageconnections.adapter.http.request.UrlEncodedForm;
import io.storageconnections.adapter.http.request.UrlEncoding;
import io.storageconnections.adapter.http.response.Json;
import io.storageconnections.application.port.Verification;
import java.io.IOException;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP endpoints of an OpenID provider for development. It has no users, and issues a token to
 * every client without verifying its secret. It is therefore only safe on a machine that other
 * people cannot reach. Thread-safe.
 *
 * @param issuer issues the tokens
 * @param url the URL at which clients reach the server, which is also the issuer of the tokens
 */
public record DevelopmentIssuerEndpoints(TokenIssuer issuer, BaseUrl url) {

  private static final String BASIC = "basic ";

  /**
   * Adds the routes to a server.
   *
   * @param routes the routes of the server, before it starts
   * @param pipeline the request pipeline of the server
   */
  public void mount(Routes routes, RequestPipeline pipeline) {
    routes.getAndHead(
        "/.well-known/openid-configuration",
        pipeline.anonymous(ctx -> Json.write(ctx, 200, configuration())));
    routes.getAndHead(
        "/.well-known/jwks.json",
        pipeline.anonymous(ctx -> ctx.contentType(Json.TYPE).result(issuer.publicKeys())));
    routes.add(HandlerType.POST, "/connect/token", pipeline.anonymous(this::answerToken));
  }

  private Map<String, Object> configuration() {
    return Map.of(
        "issuer", url.toString(),
        // Clients require this member, though the provider has no users that could log in.
        "authorization_endpoint", url + "/connect/authorize",
        "token_endpoint", url + "/connect/token",
        "jwks_uri", url + "/.well-known/jwks.json",
        "grant_types_supported", List.of("client_credentials"),
        "response_types_supported", List.of("token"),
        "scopes_supported", List.of(Verification.REQUIRED_SCOPE),
        "subject_types_supported", List.of("public"),
        "id_token_signing_alg_values_supported", List.of("RS256"));
  }

  private void answerToken(Context ctx) throws IOException {
    ctx.header("Cache-Control", "no-store");
    var form = UrlEncodedForm.read(ctx);
    var authorization = Collections.list(ctx.req().getHeaders("Authorization"));
    if (authorization.size() > 1) {
      refuse(ctx, "invalid_client", "The request must have at most one Authorization header.");
      return;
    }
    var client = client(authorization.isEmpty() ? "" : authorization.getFirst(), form);
    var scope = form.field("scope");
    if (!"client_credentials".equals(form.field("grant_type"))) {
      refuse(ctx, "unsupported_grant_type", "grant_type must be client_credentials.");
    } else if (client == null || client.isBlank()) {
      refuse(
          ctx, "invalid_client", "Name the client by HTTP Basic or client_id; any name will do.");
    } else if (client.length() > issuer.clientLengthMax()) {
      refuse(
          ctx,
          "invalid_client",
          "The client's name has at most " + issuer.clientLengthMax() + " characters.");
    } else if (client.chars().anyMatch(Character::isISOControl)) {
      refuse(ctx, "invalid_client", "The client's name must not contain control characters.");
    } else if (scope != null
        && !List.of(scope.split(" ", -1)).contains(Verification.REQUIRED_SCOPE)) {
      refuse(ctx, "invalid_scope", "The only scope is " + Verification.REQUIRED_SCOPE + ".");
    } else {
      var token = issuer.issue(client);
      Json.write(
          ctx,
          200,
          Map.of(
              "access_token", token.value(),
              "token_type", "Bearer",
              "expires_in", token.lifetime().toSeconds(),
              "scope", token.scope()));
    }
  }

  /**
   * Returns the name of the client from HTTP Basic credentials, or from the form if the header has
   * another scheme; null if the credentials are malformed or there is no name. Own code, because
   * Javalin does not recognize the scheme in lower case, which RFC 7617 allows.
   */
  private static @Nullable String client(String authorization, UrlEncodedForm form) {
    if (!authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return form.field("client_id");
    }
    try {
      var encoded = authorization.substring(BASIC.length()).strip();
      var credentials = new String(Base64.getDecoder().decode(encoded), UTF_8);
      var colon = credentials.indexOf(':');
      return colon < 0 ? null : UrlEncoding.decode(credentials.substring(0, colon), UTF_8);
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }

  private static void refuse(Context ctx, String code, String message) {
    Json.write(ctx, 400, ErrorBody.tokenRefused(code, message));
  }
}
