package io.storageconnections.adapter.http.issuer;

import io.storageconnections.application.port.Verification;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The scopes of a grant.
 *
 * @param values the scopes, at least {@code itwin-platform}, in the order of the request
 */
record Scopes(Set<String> values) {

  /** The scope with which a client gets an ID token. */
  static final String OPENID = "openid";

  /** The scope with which a client gets a refresh token. */
  static final String OFFLINE_ACCESS = "offline_access";

  private static final List<String> OF_USERS = List.of(OPENID, "profile", "email", OFFLINE_ACCESS);

  /** The scope of a client that calls for no user. */
  private static final Scopes OF_CLIENT = new Scopes(Set.of(Verification.REQUIRED_SCOPE));

  /**
   * Returns the scopes that an issuer grants.
   *
   * @param additional the scopes that the issuer grants besides those of every issuer
   */
  static List<String> supported(Set<String> additional) {
    return Stream.of(List.of(Verification.REQUIRED_SCOPE), OF_USERS, new TreeSet<>(additional))
        .flatMap(Collection::stream)
        .distinct()
        .toList();
  }

  /**
   * Returns the requested scopes that the issuer supports.
   *
   * @param requested the parameter {@code scope}; null counts as {@code itwin-platform}
   * @param additional the scopes that the issuer grants besides those of every issuer
   * @throws OAuthException if {@code itwin-platform} is not among them
   */
  static Scopes granted(@Nullable String requested, Set<String> additional) {
    if (requested == null) {
      return OF_CLIENT;
    }
    var values = new LinkedHashSet<>(Arrays.asList(requested.split(" ", -1)));
    values.retainAll(supported(additional));
    if (!values.contains(Verification.REQUIRED_SCOPE)) {
      throw new OAuthException(
          OAuthError.INVALID_SCOPE, "The scope must contain " + Verification.REQUIRED_SCOPE + ".");
    }
    return new Scopes(values);
  }

  /**
   * Returns the scopes of a renewed access token (RFC 6749, section 6).
   *
   * @param requested the parameter {@code scope}; null for all scopes of this grant
   * @throws OAuthException if this grant does not have all of them, or {@code itwin-platform} is
   *     not among them
   */
  Scopes renewed(@Nullable String requested) {
    if (requested == null) {
      return this;
    }
    if (!values.containsAll(Arrays.asList(requested.split(" ", -1)))) {
      throw new OAuthException(
          OAuthError.INVALID_SCOPE, "The user has not granted all of these scopes.");
    }
    return granted(requested, values);
  }

  /** Returns these scopes without those that concern a user, for a client without a user. */
  Scopes withoutUser() {
    var ofClient = new LinkedHashSet<>(values);
    ofClient.removeAll(OF_USERS);
    return new Scopes(ofClient);
  }

  boolean contains(String scope) {
    return values.contains(scope);
  }

  /** {@return the scopes, separated by spaces} */
  @Override
  public String toString() {
    return String.join(" ", values);
  }
}
