package io.storageconnections.adapter.http.development;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID provider that knows no users and believes every client: enough for a client that
 * expects to fetch its token, on a machine that nobody else can reach.
 *
 * <p>Source: api-contract.md, section 6.4.
 */
public record DevelopmentIssuerEndpoints(TokenIssuer issuer, BaseUrl url) {

  public void mount(RoutesConfig routes, RequestPipeline pipeline) {
    Routes.read(
        routes,
        "/.well-known/openid-configuration",
        pipeline.anonymous(ctx -> Json.write(ctx, 200, configuration())));
    Routes.read(
        routes,
        "/.well-known/jwks.json",
        pipeline.anonymous(ctx -> ctx.contentType(Json.TYPE).result(issuer.publicKeys())));
    routes.post("/connect/token", pipeline.anonymous(this::token));
  }

  private Map<String, Object> configuration() {
    return Map.of(
        "issuer", url.toString(),
        // Clients insist on one, though nobody can log in here.
        "authorization_endpoint", url + "/connect/authorize",
        "token_endpoint", url + "/connect/token",
        "jwks_uri", url + "/.well-known/jwks.json",
        "grant_types_supported", List.of("client_credentials"),
        "response_types_supported", List.of("token"),
        "scopes_supported", List.of(Verification.REQUIRED_SCOPE),
        "subject_types_supported", List.of("public"),
        "id_token_signing_alg_values_supported", List.of("RS256"));
  }

  private void token(Context ctx) throws IOException {
    ctx.header("Cache-Control", "no-store");
    var form = UrlEncodedForm.read(ctx);
    var client = client(ctx, form);
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

  private static @Nullable String client(Context ctx, UrlEncodedForm form) {
    try {
      var basic = ctx.basicAuthCredentials();
      return basic == null
          ? form.field("client_id")
          : UrlEncoding.decode(basic.getUsername(), UTF_8);
    } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
      return null;
    }
  }

  private static void refuse(Context ctx, String code, String message) {
    Json.write(ctx, 400, ErrorBody.tokenRefused(code, message));
  }
}
