package io.storageconnections.application.validation;

import io.storageconnections.application.outcome.Violation;
import java.util.Set;

/**
 * A request that is not yet validated: a record whose components may be null or malformed, and
 * whose constraints say what a valid request is. Violations are reported in the order of the
 * components.
 */
public interface Request {

  /**
   * Returns the members that had another JSON type than text or list, such as a number in place of
   * a name. The members themselves are null then. Only an adapter that reads untyped documents has
   * such members; in Java the compiler checks the types.
   *
   * @return the paths of the members, spelt like those of {@link Violation}; empty by default
   */
  default Set<String> mistyped() {
    return Set.of();
  }
}
