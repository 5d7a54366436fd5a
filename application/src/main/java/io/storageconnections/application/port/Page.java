package io.storageconnections.application.port;

import java.util.List;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param <T> what the list is of
 * @param items what is in it, in the order of the list; copied
 * @param preceding how many entries of the whole list come before it: what was skipped, or all
 *     there are if that was more; 0 or more
 * @param more whether entries come after it
 */
public record Page<T>(List<T> items, long preceding, boolean more) {

  /** Copies what can change. */
  public Page {
    items = List.copyOf(items);
  }

  /**
   * Cuts a part out of a list that is there as a whole.
   *
   * @param <T> what the list is of
   * @param whole the whole list
   * @param slice which part of it is meant
   * @return the part of {@code whole} that {@code slice} means; empty if it begins after the end
   */
  public static <T> Page<T> of(List<T> whole, Slice slice) {
    var from = (int) Math.min(slice.skip(), whole.size());
    var to = Math.min(from + slice.top(), whole.size());
    return new Page<>(whole.subList(from, to), from, to < whole.size());
  }

  /**
   * Makes something else of each entry.
   *
   * @param <R> what the other list is of
   * @param function makes one entry of another, never null; called once for each, in order
   * @return the same part of a list of other things
   */
  public <R> Page<R> map(Function<T, R> function) {
    return new Page<>(items.stream().map(function).toList(), preceding, more);
  }
}
