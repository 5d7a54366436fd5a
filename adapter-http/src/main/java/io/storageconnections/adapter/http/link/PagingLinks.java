package io.storageconnections.adapter.http.link;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import org.jspecify.annotations.Nullable;

/**
 * The links from one page of a list to its neighbours. The documentation does not say whether
 * {@code prev} and {@code next} exist on the first and the last page; here they do not, so that a
 * client that follows them terminates. Immutable.
 *
 * @param self the URL of this page
 * @param prev the URL of the page before; null, and absent from the body, on the first page
 * @param next the URL of the page after; null, and absent from the body, on the last page
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/get-storage-connections">The
 *     documented operation with paging</a>
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PagingLinks(Link self, @Nullable Link prev, @Nullable Link next) {

  /**
   * Creates the links of a page.
   *
   * @param list the URL of the list with its filter, to which parameters can be appended
   * @param request the requested page
   * @param page the page that the store returned
   * @return the links; {@code prev} and {@code next} only if there are such pages
   */
  public static PagingLinks of(String list, PageRequest request, Page<?> page) {
    return new PagingLinks(
        link(list, request.skip(), request.top()),
        page.preceding() > 0 ? previous(list, request, page) : null,
        page.more() ? link(list, request.skip() + page.items().size(), request.top()) : null);
  }

  /** Returns a link to a page that ends where this page begins, so that they do not overlap. */
  private static Link previous(String list, PageRequest request, Page<?> page) {
    var size = (int) Math.min(request.top(), page.preceding());
    return link(list, page.preceding() - size, size);
  }

  private static Link link(String list, long skip, int top) {
    return new Link(list + (list.contains("?") ? "&" : "?") + "$skip=" + skip + "&$top=" + top);
  }
}
