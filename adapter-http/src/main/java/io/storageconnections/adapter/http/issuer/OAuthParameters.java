package io.storageconnections.adapter.http.issuer;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.request.UrlEncodedForm;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request to the development issuer, from its query or from the form in its
 * body. A parameter without a value counts as absent, and unknown parameters are ignored (RFC 6749,
 * sections 3.1 and 3.2).
 *
 * @param values the values of each parameter, by its name
 */
record OAuthParameters(Map<String, List<String>> values) {

  /** Reads the parameters of the query. */
  static OAuthParameters ofQuery(Context ctx) {
    return new OAuthParameters(UrlEncodedForm.ofQuery(ctx).fields());
  }

  /**
   * Reads the parameters of the body.
   *
   * @throws IOException as {@link UrlEncodedForm#read} does
   */
  static OAuthParameters ofForm(Context ctx) throws IOException {
    return new OAuthParameters(UrlEncodedForm.read(ctx).fields());
  }

  /**
   * Returns the value of a parameter, or null if it is absent.
   *
   * @throws OAuthException if the request has the parameter twice
   */
  @Nullable String optional(String name) {
    var found = values.getOrDefault(name, List.of());
    if (found.size() > 1) {
      throw new OAuthException(
          OAuthError.INVALID_REQUEST, "The parameter " + name + " must occur only once.");
    }
    return found.isEmpty() || found.getFirst().isEmpty() ? null : found.getFirst();
  }

  /**
   * Returns the value of a parameter.
   *
   * @throws OAuthException if it is absent, or the request has it twice
   */
  String required(String name) {
    var value = optional(name);
    if (value == null) {
      throw new OAuthException(
          OAuthError.INVALID_REQUEST, "The parameter " + name + " is missing.");
    }
    return value;
  }
}
