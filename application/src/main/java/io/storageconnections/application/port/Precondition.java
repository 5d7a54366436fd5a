package io.storageconnections.application.port;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which revisions of a thing a change is meant for, so that nobody changes what they have not seen.
 *
 * @param revisions any of these; null means whatever revision there is, an empty set means none
 */
public record Precondition(@Nullable Set<Long> revisions) {

  /** Met by whatever there is. */
  public static final Precondition NONE = new Precondition(null);

  /** Copies what can change. */
  public Precondition {
    revisions = revisions == null ? null : Set.copyOf(revisions);
  }

  /** Met by just this revision. */
  public static Precondition revision(long revision) {
    return new Precondition(Set.of(revision));
  }

  /** Whether a thing of that revision may be changed. */
  public boolean isMetBy(long revision) {
    return revisions == null || revisions.contains(revision);
  }
}
