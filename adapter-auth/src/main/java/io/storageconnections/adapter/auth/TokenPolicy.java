package io.storageconnections.adapter.auth;

import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.storageconnections.application.port.Permission;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * Says which scopes or roles a token needs for each kind of operation. Immutable.
 *
 * <p>The names of a token are those in the claims {@code scope}, {@code scp}, {@code roles}, {@code
 * role} and {@code permissions}, and in {@code realm_access.roles} of Keycloak. Each claim is an
 * array of texts, or one text with names separated by spaces. A scope and a role with the same name
 * count alike.
 *
 * @param names for each permission the names of which a token needs at least one; a permission
 *     without an entry belongs to every caller. No permission includes another one
 */
public record TokenPolicy(Map<Permission, Set<String>> names) {

  /** Every caller has every permission. */
  public static final TokenPolicy NONE = new TokenPolicy(Map.of());

  /**
   * Copies the names.
   *
   * @throws IllegalArgumentException if a permission has an entry without names, or a name is blank
   */
  public TokenPolicy {
    names =
        names.entrySet().stream()
            .collect(toUnmodifiableMap(Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
    if (names.values().stream().anyMatch(Set::isEmpty)) {
      throw new IllegalArgumentException("a permission that no name gives");
    }
    if (names.values().stream().flatMap(Set::stream).anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("a name is blank");
    }
  }

  /** {@return the names of all permissions together; unmodifiable} */
  public Set<String> allNames() {
    return names.values().stream().flatMap(Set::stream).collect(toUnmodifiableSet());
  }

  /** Returns the permissions of a caller whose token contains these scopes and roles. */
  Set<Permission> permissionsOf(Set<String> scopesAndRoles) {
    return Arrays.stream(Permission.values())
        .filter(permission -> {
          var sufficient = names.get(permission);
          return sufficient == null || !Collections.disjoint(sufficient, scopesAndRoles);
        })
        .collect(toUnmodifiableSet());
  }
}
