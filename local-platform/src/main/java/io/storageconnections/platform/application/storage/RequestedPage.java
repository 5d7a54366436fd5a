package io.storageconnections.platform.application.storage;

import static java.util.Objects.requireNonNull;

import io.storageconnections.application.outcome.Violation.Kind;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.platform.application.validation.Violations;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A page as a request describes it, not yet validated.
 *
 * @param skip {@code $skip}; null if absent
 * @param top {@code $top}; null if absent
 * @param mistyped {@code skip} and {@code top}, if they are not whole numbers
 */
public record RequestedPage(@Nullable Long skip, @Nullable Long top, Set<String> mistyped) {

  /** Adds what is wrong to {@code violations}. Returns null if something is. */
  @Nullable PageRequest parse(Violations violations) {
    var skipIsValid = isAtLeast(0, "skip", skip, violations);
    var topIsValid = isAtLeast(1, "top", top, violations);
    return skipIsValid && topIsValid ? requireNonNull(PageRequest.of(skip, top)) : null;
  }

  private boolean isAtLeast(long least, String name, @Nullable Long number, Violations violations) {
    var valid = !mistyped.contains(name) && (number == null || number >= least);
    if (!valid) {
      violations.add(Kind.INVALID, "$" + name);
    }
    return valid;
  }
}
