package io.storageconnections.application.port;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is meant.
 *
 * <p>Source: api-contract.md, sections 1.4 and 8 (recommendation 15).
 *
 * @param skip how many entries come before it, 0 or more
 * @param top how many entries it has at most, 1 to {@link #TOP_MAX}
 */
public record Slice(long skip, int top) {

  /** What {@code top} is if nobody says otherwise. */
  public static final int TOP_DEFAULT = 100;

  /** The greatest {@code top}; whoever asks for more gets this. */
  public static final int TOP_MAX = 1_000;

  /**
   * Checks the value.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  public Slice {
    if (skip < 0 || top < 1 || top > TOP_MAX) {
      throw new IllegalArgumentException("no part of a list: " + skip + ", " + top);
    }
  }

  /**
   * The part that was asked for.
   *
   * @param skip 0 or more; null means 0
   * @param top 1 or more; null means {@link #TOP_DEFAULT}, and more than {@link #TOP_MAX} means
   *     that
   * @return the part of that many entries, after that many
   * @throws IllegalArgumentException if a number is less than that
   */
  public static Slice of(@Nullable Long skip, @Nullable Long top) {
    return new Slice(
        skip == null ? 0 : skip, top == null ? TOP_DEFAULT : Math.clamp(top, 0, TOP_MAX));
  }
}
