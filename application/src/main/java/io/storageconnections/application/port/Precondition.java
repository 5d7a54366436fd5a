package io.storageconnections.application.port;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which revisions of a thing a change is meant for, so that nobody changes what they have not seen.
 *
 * @param revisions those that are named; null means all there can be
 * @param named whether it is meant for those, or for all but those
 */
public record Precondition(@Nullable Set<Long> revisions, boolean named) {

  /** Met by whatever there is. */
  public static final Precondition NONE = new Precondition(null, true);

  /** Met by nothing that is there. */
  public static final Precondition ABSENT = new Precondition(null, false);

  /** Copies what can change. */
  public Precondition {
    revisions = revisions == null ? null : Set.copyOf(revisions);
  }

  /** Met by just this revision. */
  public static Precondition revision(long revision) {
    return in(Set.of(revision));
  }

  /** Met by just these revisions. */
  public static Precondition in(Set<Long> revisions) {
    return new Precondition(revisions, true);
  }

  /** Met by all but these revisions. */
  public static Precondition notIn(Set<Long> revisions) {
    return new Precondition(revisions, false);
  }

  /** Whether a thing of that revision may be changed. */
  public boolean isMetBy(long revision) {
    return (revisions == null || revisions.contains(revision)) == named;
  }
}
