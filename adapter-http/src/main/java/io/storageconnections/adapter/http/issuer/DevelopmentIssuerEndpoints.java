package io.storageconnections.adapter.http.issuer;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.storageconnections.adapter.http.development.LoopbackAccess;
import io.storageconnections.adapter.http.link.BaseUrl;
import io.storageconnections.adapter.http.pipeline.RequestPipeline;
import io.storageconnections.adapter.http.pipeline.Routes;
import io.storageconnections.adapter.http.port.TokenIssuer;
import io.storageconnections.adapter.http.response.Json;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The HTTP endpoints of an OpenID provider for development. It asks for no password: it issues a
 * token to every client, and logs in every user that a request names. It is therefore only safe on
 * a machine that other people cannot reach. Thread-safe.
 */
public final class DevelopmentIssuerEndpoints {

  private static final String WELL_KNOWN = "/.well-known/";
  private static final String CONNECT = "/connect/";
  private static final String CONFIGURATION = WELL_KNOWN + "openid-configuration";
  private static final String KEYS = WELL_KNOWN + "jwks.json";
  private static final String AUTHORIZE = CONNECT + "authorize";
  private static final String TOKEN = CONNECT + "token";
  private static final String USER_INFO = CONNECT + "userinfo";
  private static final String INTROSPECT = CONNECT + "introspect";
  private static final String END_SESSION = CONNECT + "endsession";

  private static final Duration CODE_LIFETIME = Duration.ofSeconds(60);
  private static final int CODES_MAX = 1_000;
  private static final Duration REFRESH_TOKEN_LIFETIME = Duration.ofDays(30);
  private static final int REFRESH_TOKENS_MAX = 10_000;

  private final TokenIssuer issuer;
  private final String url;
  private final LoopbackAccess access;
  private final AuthorizationEndpoint authorization;
  private final TokenEndpoint token;
  private final UserInfoEndpoint userInfo;
  private final IntrospectionEndpoint introspection;

  /**
   * Creates the endpoints of one server.
   *
   * @param issuer issues the tokens
   * @param url the URL at which clients reach the server, which is also the issuer of the tokens
   */
  public DevelopmentIssuerEndpoints(TokenIssuer issuer, BaseUrl url) {
    this.issuer = issuer;
    this.url = url.toString();
    access = new LoopbackAccess(URI.create(this.url).getHost());
    var codes = new SingleUseTokens<AuthorizationCode>(CODES_MAX, CODE_LIFETIME, issuer.clock());
    var refreshTokens =
        new SingleUseTokens<Grant>(REFRESH_TOKENS_MAX, REFRESH_TOKEN_LIFETIME, issuer.clock());
    var names = new Names(issuer.nameLengthMax());
    var clients = new ClientAuthentication(names);
    authorization = new AuthorizationEndpoint(this.url, names, issuer.additionalScopes(), codes);
    token = new TokenEndpoint(issuer, clients, codes, refreshTokens);
    userInfo = new UserInfoEndpoint(issuer);
    introspection = new IntrospectionEndpoint(this.url, issuer, clients, refreshTokens);
  }

  /**
   * Adds the routes to a server.
   *
   * @param routes the routes of the server, before it starts
   * @param pipeline the request pipeline of the server
   */
  public void mount(Routes routes, RequestPipeline pipeline) {
    routes.before(WELL_KNOWN + "*", LoopbackCors::handle);
    routes.before(CONNECT + "*", LoopbackCors::handle);
    routes.after(CONNECT + "*", OAuthErrors::rewrite);
    routes.getAndHead(
        CONFIGURATION, pipeline.anonymous(ctx -> Json.write(ctx, 200, configuration())));
    routes.getAndHead(
        KEYS, pipeline.anonymous(ctx -> ctx.contentType(Json.TYPE).result(issuer.publicKeys())));
    routes.getAndHead(AUTHORIZE, handler(pipeline, authorization::answer));
    routes.add(HandlerType.POST, TOKEN, handler(pipeline, token::answer));
    routes.getAndHead(USER_INFO, handler(pipeline, userInfo::answer));
    routes.add(HandlerType.POST, INTROSPECT, handler(pipeline, introspection::answer));
    routes.getAndHead(END_SESSION, handler(pipeline, EndSessionEndpoint::answer));
  }

  private Handler handler(RequestPipeline pipeline, Handler endpoint) {
    return pipeline.anonymous(
        OAuthErrors.answering(ctx -> {
          requireLoopbackHost(ctx);
          endpoint.handle(ctx);
        }));
  }

  private void requireLoopbackHost(Context ctx) {
    if (!access.admits(ctx)) {
      throw new OAuthException(
          403,
          OAuthError.INVALID_REQUEST,
          "The Host of the request must be a loopback host or the host of the server's public"
              + " URL.");
    }
  }

  private Map<String, Object> configuration() {
    var members = new LinkedHashMap<String, Object>();
    members.put("issuer", url);
    members.put("authorization_endpoint", url + AUTHORIZE);
    members.put("token_endpoint", url + TOKEN);
    members.put("jwks_uri", url + KEYS);
    members.put("userinfo_endpoint", url + USER_INFO);
    members.put("introspection_endpoint", url + INTROSPECT);
    members.put("end_session_endpoint", url + END_SESSION);
    members.put("response_types_supported", List.of("code"));
    members.put("response_modes_supported", List.of("query"));
    members.put("grant_types_supported", TokenEndpoint.GRANT_TYPES);
    members.put("subject_types_supported", List.of("public"));
    members.put("id_token_signing_alg_values_supported", List.of("RS256"));
    members.put("code_challenge_methods_supported", List.of(ProofKey.METHOD));
    members.put(
        "token_endpoint_auth_methods_supported",
        List.of("client_secret_basic", "client_secret_post", "none"));
    members.put("scopes_supported", Scopes.supported(issuer.additionalScopes()));
    members.put("claims_supported", UserInfoEndpoint.CLAIMS);
    members.put("authorization_response_iss_parameter_supported", true);
    return members;
  }
}
