package io.storageconnections.adapter.http.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.development.Loopback;
import io.storageconnections.adapter.http.response.Json;
import java.net.URLEncoder;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A URL to which the development issuer sends the browser. Its host is a loopback host: any web
 * page can send a browser to the issuer, so an address elsewhere would give codes to every page.
 *
 * @param text the URL as the client sent it
 */
record RedirectUri(String text) {

  /** The headers of an answer have at most 8,192 bytes together, unless Jetty is told otherwise. */
  private static final int LOCATION_LENGTH_MAX = 8_000;

  /**
   * Parses a parameter.
   *
   * @param name the name of the parameter, for the description of the error
   * @throws OAuthException if the value is not a URL at a loopback host
   */
  static RedirectUri parse(String name, String text) {
    if (Loopback.url(text) == null) {
      throw new OAuthException(
          OAuthError.INVALID_REQUEST,
          name
              + " must be an http or https URL of localhost, 127.0.0.1 or [::1], without a"
              + " fragment.");
    }
    return new RedirectUri(text);
  }

  /**
   * Sends the browser to the URL, with parameters added to its query.
   *
   * @throws OAuthException if the URL is then longer than a header can be
   */
  void redirect(Context ctx, Map<String, String> parameters) {
    var added =
        parameters.entrySet().stream()
            .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
            .collect(Collectors.joining("&"));
    var separator = added.isEmpty() ? "" : text.contains("?") ? "&" : "?";
    var location = text + separator + added;
    if (location.length() > LOCATION_LENGTH_MAX) {
      throw new OAuthException(
          OAuthError.INVALID_REQUEST,
          "The URL of the redirection, with its parameters, has more than %d characters. Shorten the URL or the state."
              .formatted(LOCATION_LENGTH_MAX));
    }
    ctx.header("Cache-Control", "no-store");
    ctx.header("Location", location);
    Json.writeNothing(ctx, 302);
  }

  private static String encoded(String text) {
    // Some clients do not decode a plus sign as a space.
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
