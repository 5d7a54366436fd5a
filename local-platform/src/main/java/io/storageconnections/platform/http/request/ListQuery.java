package io.storageconnections.platform.http.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.link.BaseUrl;
import io.storageconnections.adapter.http.link.PagingLinks;
import io.storageconnections.adapter.http.request.QueryParameters;
import io.storageconnections.adapter.http.request.UrlEncoding;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.port.PageRequest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request for a list, not validated, and the links to other pages of the list. Not
 * thread-safe.
 */
public final class ListQuery {

  private static final Set<String> PAGING = Set.of("", "$skip", "$top");

  private final Context ctx;
  private final QueryParameters parameters;

  /** Reads the query of a request. */
  public ListQuery(Context ctx) {
    this.ctx = ctx;
    parameters = new QueryParameters(ctx);
  }

  /** Returns whether the name of a parameter cannot be decoded. */
  public boolean hasUndecodableName() {
    return parameters.hasUndecodableName();
  }

  /** Returns the value of a parameter; null if it is absent, empty, or cannot be read. */
  public @Nullable String text(String name) {
    return parameters.textUnlessEmpty(name);
  }

  /** Returns the parameters whose values could not be read so far. */
  public Set<String> mistyped() {
    return parameters.mistyped();
  }

  /**
   * Returns the links of a page, which keep the other parameters of the query as they are.
   *
   * @param path the path of the list
   */
  public PagingLinks links(BaseUrl url, String path, PageRequest request, Page<?> page) {
    var query = ctx.queryString();
    var others =
        query == null
            ? ""
            : Arrays.stream(query.split("&", -1))
                .filter(parameter -> !PAGING.contains(name(parameter)))
                .collect(Collectors.joining("&"));
    return PagingLinks.of(url + path + (others.isEmpty() ? "" : "?" + others), request, page);
  }

  private static String name(String parameter) {
    var name = UrlEncoding.decode(parameter.split("=", 2)[0], UTF_8);
    return name == null ? "" : name.toLowerCase(Locale.ROOT);
  }
}
