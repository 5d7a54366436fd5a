package io.storageconnections.application.port;

import java.util.Set;

/**
 * The revisions to which a change applies, so that a caller cannot overwrite a state that the
 * caller has not seen. A store checks the precondition only if the connection or source file
 * exists: a change of an unknown one fails with a not-found failure, never with {@code Outdated}.
 *
 * @param revisions the named revisions; copied
 * @param accepted whether the change applies to the named revisions ({@code true}), or to all other
 *     revisions ({@code false})
 */
public record Precondition(Set<Long> revisions, boolean accepted) {

  /** Is met by every revision. */
  public static final Precondition NONE = notIn(Set.of());

  /** Copies the set. */
  public Precondition {
    revisions = Set.copyOf(revisions);
  }

  /**
   * Returns the precondition that one revision meets.
   *
   * @param revision the revision that the caller has seen
   * @return the precondition
   */
  public static Precondition revision(long revision) {
    return in(Set.of(revision));
  }

  /**
   * Returns the precondition that the named revisions meet.
   *
   * @param revisions the revisions; no revision meets an empty set
   * @return the precondition
   */
  public static Precondition in(Set<Long> revisions) {
    return new Precondition(revisions, true);
  }

  /**
   * Returns the precondition that all revisions except the named ones meet.
   *
   * @param revisions the revisions; every revision meets an empty set
   * @return the precondition
   */
  public static Precondition notIn(Set<Long> revisions) {
    return new Precondition(revisions, false);
  }

  /**
   * Tells whether a revision meets the precondition.
   *
   * @param revision the current revision
   * @return whether the change applies
   */
  public boolean isMetBy(long revision) {
    return revisions.contains(revision) == accepted;
  }
}
