package io.storageconnections.application.validation;

import java.util.Set;

/**
 * What a use case is asked, as it came and not yet judged: a record whose components may be null or
 * malformed, with constraints that say what a valid one is. The order of the components is the
 * order in which violations are reported.
 */
public interface Request {

  /**
   * Names the members that did not come as text or list at all, such as a number where a name
   * belongs; the members themselves are null then. Only readers of untyped documents have any: the
   * Java compiler lets nobody else do that.
   *
   * @return their paths, spelt like those of {@link Violation}; empty unless a request says
   *     otherwise
   */
  default Set<String> mistyped() {
    return Set.of();
  }
}
