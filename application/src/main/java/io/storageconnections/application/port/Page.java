package io.storageconnections.application.port;

import java.util.List;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param items what is in it
 * @param preceding how many entries of the whole list come before it: what was skipped, or all
 *     there are if that was more
 * @param more whether entries come after it
 */
public record Page<T>(List<T> items, long preceding, boolean more) {

  /** Copies what can change. */
  public Page {
    items = List.copyOf(items);
  }

  /** The part of {@code whole} that {@code slice} means. */
  public static <T> Page<T> of(List<T> whole, Slice slice) {
    var from = (int) Math.min(slice.skip(), whole.size());
    var to = Math.min(from + slice.top(), whole.size());
    return new Page<>(whole.subList(from, to), from, to < whole.size());
  }

  /** The same part of a list of other things. */
  public <R> Page<R> map(Function<T, R> function) {
    return new Page<>(items.stream().map(function).toList(), preceding, more);
  }
}
