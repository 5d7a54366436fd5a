package io.storageconnections.application.port;

import org.jspecify.annotations.Nullable;

/**
 * The position and size of a page in a list.
 *
 * @param skip the number of entries before the page, 0 or more
 * @param top the greatest number of entries on the page, 1 to {@link #TOP_MAX}
 */
public record PageRequest(long skip, int top) {

  /** The size of a page if the caller names none. */
  public static final int TOP_DEFAULT = 100;

  /** The greatest size of a page. A caller that asks for more gets this size. */
  public static final int TOP_MAX = 1_000;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  public PageRequest {
    if (skip < 0 || top < 1 || top > TOP_MAX) {
      throw new IllegalArgumentException("skip or top is out of range: " + skip + ", " + top);
    }
  }

  /**
   * Creates a page request, with defaults for absent numbers.
   *
   * @param skip 0 or more; null means 0
   * @param top 1 or more; null means {@link #TOP_DEFAULT}, and a number above {@link #TOP_MAX}
   *     means {@code TOP_MAX}
   * @return the page request
   * @throws IllegalArgumentException if a number is below its range
   */
  public static PageRequest of(@Nullable Long skip, @Nullable Long top) {
    return new PageRequest(
        skip == null ? 0 : skip, top == null ? TOP_DEFAULT : Math.clamp(top, 0, TOP_MAX));
  }
}
