package io.storageconnections.adapter.http.issuer;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.storageconnections.adapter.http.response.Json;

/**
 * Writes errors in the form of RFC 6749, section 5.2. OAuth clients do not read the envelope of the
 * API's errors.
 */
final class OAuthErrors {

  /** The attribute of a request whose answer has the form already. */
  private static final String WRITTEN = OAuthErrors.class.getName() + ".written";

  private OAuthErrors() {}

  private record Body(String error, @JsonProperty("error_description") String errorDescription) {}

  /** Returns a handler that answers an {@link OAuthException} of another handler. */
  static Handler answering(Handler handler) {
    return ctx -> {
      try {
        handler.handle(ctx);
      } catch (OAuthException refusal) {
        write(ctx, refusal.status(), refusal.error(), refusal.description());
      }
    };
  }

  /**
   * Rewrites an error that the server's request pipeline answered in the envelope of the API, such
   * as 405, 413 and 429. A path without a route (404) is not the issuer's, and keeps the envelope.
   */
  static void rewrite(Context ctx) {
    var status = ctx.statusCode();
    if (status < 400 || status == 404 || ctx.attribute(WRITTEN) != null) {
      return;
    }
    switch (status) {
      case 405 ->
          write(
              ctx,
              status,
              OAuthError.INVALID_REQUEST,
              "The endpoint does not support the method. Allow names the methods that it"
                  + " supports.");
      case 408 -> write(ctx, status, OAuthError.INVALID_REQUEST, "The body took too long.");
      case 413 -> write(ctx, status, OAuthError.INVALID_REQUEST, "The body has more than 1 MiB.");
      case 415 ->
          write(
              ctx,
              status,
              OAuthError.INVALID_REQUEST,
              "The charset of the form must be UTF-8, and the body must have no Content-Encoding.");
      case 429 ->
          write(
              ctx,
              status,
              OAuthError.TEMPORARILY_UNAVAILABLE,
              "The address has sent too many requests. Retry-After tells when the next one is"
                  + " allowed.");
      default -> {
        if (status < 500) {
          write(
              ctx,
              status,
              OAuthError.INVALID_REQUEST,
              "The request cannot be read. Send a form: application/x-www-form-urlencoded in"
                  + " UTF-8.");
        } else {
          write(ctx, status, OAuthError.SERVER_ERROR, "The server failed.");
        }
      }
    }
  }

  private static void write(Context ctx, int status, OAuthError error, String description) {
    ctx.header("Cache-Control", "no-store");
    ctx.attribute(WRITTEN, true);
    Json.write(ctx, status, new Body(error.code(), description));
  }
}
