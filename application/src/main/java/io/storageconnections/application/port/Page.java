package io.storageconnections.application.port;

import java.util.Comparator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A page of a list.
 *
 * @param <T> the type of the entries
 * @param items the entries of the page, in the order of the list; copied
 * @param preceding the number of entries before the page: the number that was skipped, or the
 *     length of the list if that is smaller
 * @param more whether entries follow the page
 */
public record Page<T>(List<T> items, long preceding, boolean more) {

  /** Copies the list. */
  public Page {
    items = List.copyOf(items);
  }

  /**
   * Cuts a page out of a complete list.
   *
   * @param <T> the type of the entries
   * @param whole the complete list
   * @param pageRequest the position and size of the page
   * @return the page; empty if it begins after the end of the list
   */
  public static <T> Page<T> of(List<T> whole, PageRequest pageRequest) {
    var from = (int) Math.min(pageRequest.skip(), whole.size());
    var to = Math.min(from + pageRequest.top(), whole.size());
    return new Page<>(whole.subList(from, to), from, to < whole.size());
  }

  /**
   * Returns the entries of all pages of a list. The stream reads a page when it needs it, and need
   * not be closed. An exception of {@code reader} ends it.
   *
   * @param <T> the type of the entries
   * @param reader reads one page of the list
   * @param order the order of the list, in which no two entries are equal
   * @return the entries in this order, each once. Entries that are removed while the stream is read
   *     may be missing, and new ones may be included
   */
  public static <T> Stream<T> stream(
      Function<PageRequest, Page<T>> reader, Comparator<? super T> order) {
    var pages = new PageIterator<>(reader, order);
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(pages, Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }
}
