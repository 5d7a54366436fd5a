package io.storageconnections.application.port;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list page by page. Entries that are removed in the meantime move the following ones to
 * earlier pages. A page therefore begins with the last entry of the page before it; if that one is
 * no longer there, the iterator goes back until it finds an entry that it has returned already. A
 * reader that leaves entries out, such as a policy of the host, returns pages that are not full;
 * the page after such a page begins behind it.
 */
final class PageIterator<T> implements Iterator<T> {

  private final Function<PageRequest, Page<T>> reader;
  private final Comparator<? super T> order;
  private final Deque<T> read = new ArrayDeque<>();
  private @Nullable T last;
  private long position;
  private boolean mustBeginWithLast;
  private boolean more = true;

  PageIterator(Function<PageRequest, Page<T>> reader, Comparator<? super T> order) {
    this.reader = reader;
    this.order = order;
  }

  @Override
  public boolean hasNext() {
    while (read.isEmpty() && more) {
      readPage();
    }
    return !read.isEmpty();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return read.removeFirst();
  }

  private void readPage() {
    var page = reader.apply(new PageRequest(position, PageRequest.TOP_MAX));
    var items = page.items();
    if (mustBeginWithLast && position > 0 && (items.isEmpty() || isNew(items.getFirst()))) {
      position = Math.max(0, position - PageRequest.TOP_MAX);
      return;
    }
    for (var item : items) {
      if (isNew(item)) {
        read.addLast(item);
        last = item;
      }
    }
    more = page.more();
    mustBeginWithLast = items.size() == PageRequest.TOP_MAX;
    position += mustBeginWithLast ? PageRequest.TOP_MAX - 1 : PageRequest.TOP_MAX;
  }

  private boolean isNew(T item) {
    return last == null || order.compare(item, last) > 0;
  }
}
