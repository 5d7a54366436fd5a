package io.storageconnections.adapter.http.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.regex.Pattern.CASE_INSENSITIVE;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.request.UrlEncoding;
import java.util.Base64;
import java.util.Collections;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the client of a request: by HTTP Basic, whose id and secret are URL-encoded, or by {@code
 * client_id}. It accepts any secret, and none.
 *
 * @param names checks the name of the client
 */
record ClientAuthentication(Names names) {

  /** The scheme in any case, and the credentials, which may be absent. */
  private static final Pattern BASIC = Pattern.compile("basic(?: +(.*))?", CASE_INSENSITIVE);

  private static final String CLIENT_NAME = "The client's name";

  /**
   * Returns the name of the client.
   *
   * @throws OAuthException if the request does not name a client, or names two. The status is 401
   *     if the client uses HTTP Basic, as RFC 6749, section 5.2, requires
   */
  String client(Context ctx, OAuthParameters parameters) {
    var headers = Collections.list(ctx.req().getHeaders("Authorization"));
    if (headers.size() > 1) {
      throw new OAuthException(
          OAuthError.INVALID_REQUEST, "The request must have at most one Authorization header.");
    }
    var inForm = parameters.optional("client_id");
    var basic = BASIC.matcher(headers.isEmpty() ? "" : headers.getFirst().strip());
    if (!basic.matches()) {
      if (inForm == null) {
        throw new OAuthException(
            OAuthError.INVALID_CLIENT,
            "Name the client by HTTP Basic or client_id; any name will do.");
      }
      return names.require(inForm, OAuthError.INVALID_CLIENT, CLIENT_NAME);
    }
    var client = ofBasic(ctx, Objects.requireNonNullElse(basic.group(1), ""));
    if (inForm != null && !inForm.equals(client)) {
      throw new OAuthException(
          OAuthError.INVALID_REQUEST,
          "client_id must be absent or name the same client as the Authorization header.");
    }
    return client;
  }

  private String ofBasic(Context ctx, String credentials) {
    try {
      var client = decoded(credentials);
      if (client == null) {
        throw new OAuthException(
            OAuthError.INVALID_CLIENT,
            "The credentials of the Authorization header are malformed.");
      }
      return names.require(client, OAuthError.INVALID_CLIENT, CLIENT_NAME);
    } catch (OAuthException refusal) {
      ctx.header("WWW-Authenticate", "Basic realm=\"development issuer\"");
      throw new OAuthException(401, refusal.error(), refusal.description());
    }
  }

  /** Own code, because Javalin does not recognize the scheme in lower case (RFC 7617). */
  private static @Nullable String decoded(String credentials) {
    try {
      var text = new String(Base64.getDecoder().decode(credentials), UTF_8);
      var colon = text.indexOf(':');
      return colon < 0 ? null : UrlEncoding.decode(text.substring(0, colon), UTF_8);
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }
}
