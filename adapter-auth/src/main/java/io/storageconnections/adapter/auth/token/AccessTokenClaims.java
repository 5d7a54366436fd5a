package io.storageconnections.adapter.auth.token;

import static java.util.stream.Collectors.toUnmodifiableSet;

import com.nimbusds.jwt.JWTClaimNames;
import com.nimbusds.jwt.JWTClaimsSet;
import io.storageconnections.application.port.Caller;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a verified access token, read as the usual identity providers write them.
 *
 * @param claims the claims, which {@link AccessTokenClaimsVerifier} has accepted
 */
public record AccessTokenClaims(JWTClaimsSet claims) {

  static final String CLIENT_ID = "client_id";

  /**
   * Returns the caller, without a bearer token. The client is the first of {@code client_id},
   * {@code azp} and {@code sub} that is a non-blank text; empty if there is none. The subject is
   * {@code sub}, or the client if there is no {@code sub}.
   */
  public Optional<Caller> caller() {
    var subject = text(JWTClaimNames.SUBJECT);
    return Stream.of(text(CLIENT_ID), text("azp"), subject)
        .flatMap(Optional::stream)
        .findFirst()
        .map(client -> Caller.ofUser(client, subject.orElse(client)));
  }

  /** Returns whether {@code scope} or {@code scp}, each a text or an array, names {@code scope}. */
  public boolean hasScope(String scope) {
    return Stream.of("scope", "scp").anyMatch(name -> names(claims.getClaim(name)).contains(scope));
  }

  /** Returns the names in all claims that usual identity providers use for scopes and roles. */
  public Set<String> scopesAndRoles() {
    var ofRealm =
        claims.getClaim("realm_access") instanceof Map<?, ?> realm ? realm.get("roles") : null;
    return Stream.concat(
            Stream.of("scope", "scp", "roles", "role", "permissions").map(claims::getClaim),
            Stream.ofNullable(ofRealm))
        .flatMap(claim -> names(claim).stream())
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .collect(toUnmodifiableSet());
  }

  private static Collection<?> names(@Nullable Object claim) {
    return switch (claim) {
      case String text -> List.of(text.split(" ", -1));
      case Collection<?> names -> names;
      case null, default -> List.of();
    };
  }

  private Optional<String> text(String name) {
    return claims.getClaim(name) instanceof String text && !text.isBlank()
        ? Optional.of(text)
        : Optional.empty();
  }
}
