package io.storageconnections.application.port;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which revisions of a thing a change is meant for, so that nobody changes what they have not seen.
 *
 * @param revisions those that are named, copied; null means all there can be
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

  /**
   * Met by just one revision.
   *
   * @param revision the one that was seen
   * @return the precondition that nothing else meets
   */
  public static Precondition revision(long revision) {
    return in(Set.of(revision));
  }

  /**
   * Met by just these revisions.
   *
   * @param revisions those that are named; nothing meets an empty set
   * @return the precondition that nothing else meets
   */
  public static Precondition in(Set<Long> revisions) {
    return new Precondition(revisions, true);
  }

  /**
   * Met by all but these revisions.
   *
   * @param revisions those that are named; everything meets an empty set
   * @return the precondition that everything else meets
   */
  public static Precondition notIn(Set<Long> revisions) {
    return new Precondition(revisions, false);
  }

  /**
   * Judges what is there. What is not there meets nothing, and is not to be asked about.
   *
   * @param revision the one the thing is in now
   * @return whether it may be changed
   */
  public boolean isMetBy(long revision) {
    return (revisions == null || revisions.contains(revision)) == named;
  }
}
