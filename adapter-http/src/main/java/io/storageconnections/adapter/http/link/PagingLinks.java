package io.storageconnections.adapter.http.link;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import org.jspecify.annotations.Nullable;

/**
 * Leads through a list. {@code prev} and {@code next} are there only if there is such a page, so
 * that whoever follows them comes to an end.
 *
 * <p>Source: api-contract.md, sections 1.4 and 8 (recommendation 17).
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PagingLinks(Link self, @Nullable Link prev, @Nullable Link next) {

  /**
   * The links of a page.
   *
   * @param list the list's URL with its filter, to which parameters can be appended
   */
  public static PagingLinks of(String list, PageRequest slice, Page<?> page) {
    return new PagingLinks(
        link(list, slice.skip(), slice.top()),
        page.preceding() > 0 ? previous(list, slice, page) : null,
        page.more() ? link(list, slice.skip() + slice.top(), slice.top()) : null);
  }

  /** It ends where this one begins, so that nobody who goes back meets an entry twice. */
  private static Link previous(String list, PageRequest slice, Page<?> page) {
    var size = (int) Math.min(slice.top(), page.preceding());
    return link(list, page.preceding() - size, size);
  }

  private static Link link(String list, long skip, int top) {
    return new Link(list + (list.contains("?") ? "&" : "?") + "$skip=" + skip + "&$top=" + top);
  }
}
