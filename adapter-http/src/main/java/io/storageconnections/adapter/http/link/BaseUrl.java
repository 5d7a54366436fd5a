package io.storageconnections.adapter.http.link;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the links of a server begin with: scheme, host and perhaps a port, nothing after it. Clients
 * split links at the slashes and count, so a path would break them. Immutable.
 *
 * <p>Source: api-contract.md, section 6.1.
 */
public final class BaseUrl {

  /** A host, and a port without leading zeros; Java's URI also takes a colon without a port. */
  private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[.*]|[^:]*)(:[1-9][0-9]{0,4})?");

  private static final int PORT_MAX = 65535;

  private static final Set<String> SCHEMES = Set.of("http", "https");

  /** That of the longest name (RFC 1035); links in headers of answers must fit into them. */
  private static final int HOST_LENGTH_MAX = 253;

  private final String text;

  private BaseUrl(String text) {
    this.text = text;
  }

  /**
   * Reads the text form; one slash at its end is dropped.
   *
   * @param text an absolute URL, {@code http} or {@code https} in lower case
   * @return the URL without a slash at its end
   * @throws IllegalArgumentException if {@code text} is not an http or https URL, or has user info,
   *     a path, a query or a fragment, a host of more than 253 characters, or a port that is not
   *     from 1 to 65535
   */
  public static BaseUrl parse(String text) {
    var bare = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    var url = parseUri(bare);
    if (url.getScheme() == null
        || !SCHEMES.contains(url.getScheme())
        || url.getHost() == null
        || url.getHost().length() > HOST_LENGTH_MAX
        || url.getRawUserInfo() != null
        || !HOST_AND_PORT.matcher(url.getRawAuthority()).matches()
        || url.getPort() > PORT_MAX
        || !url.getRawPath().isEmpty()
        || url.getRawQuery() != null
        || url.getRawFragment() != null) {
      throw new IllegalArgumentException("not an http or https URL without a path: " + text);
    }
    return new BaseUrl(bare);
  }

  /**
   * Makes the URL of a server without TLS.
   *
   * @param host an address, also of IPv6 without brackets, or a name
   * @param port 1 to 65535
   * @return {@code http}, the host and the port
   * @throws IllegalArgumentException if {@code host} cannot stand in a URL, such as a name with an
   *     underscore
   */
  public static BaseUrl ofHttp(String host, int port) {
    return parse("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
  }

  private static URI parseUri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a URL: " + text, e);
    }
  }

  /** {@return the text form, without a slash at its end} */
  @Override
  public String toString() {
    return text;
  }
}
