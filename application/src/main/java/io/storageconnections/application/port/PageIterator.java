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
 * earlier pages. Each page therefore begins with the last entry of the page before it; if that one
 * is no longer there, the iterator goes back until it finds an entry that it has returned already.
 */
final class PageIterator<T> implements Iterator<T> {

  private final Function<PageRequest, Page<T>> reader;
  private final Comparator<? super T> order;
  private final Deque<T> read = new ArrayDeque<>();
  private @Nullable T last;
  private long position;
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
    if (position > 0 && (items.isEmpty() || isNew(items.getFirst()))) {
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
    position = page.preceding() + Math.max(0, items.size() - 1);
  }

  private boolean isNew(T item) {
    return last == null || order.compare(item, last) > 0;
  }
}
