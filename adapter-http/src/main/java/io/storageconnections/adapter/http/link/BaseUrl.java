package io.storageconnections.adapter.http.link;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The beginning of the links of a server: scheme, host and optionally a port, without a path. A
 * path is not allowed, because official clients split links at the slashes and take the segment at
 * a fixed position. Immutable.
 */
public final class BaseUrl {

  /** A host, and a port without leading zeros; Java's URI also accepts a colon without a port. */
  private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[.*]|[^:]*)(:[1-9][0-9]{0,4})?");

  private static final int PORT_MAX = 65535;

  private static final Set<String> SCHEMES = Set.of("http", "https");

  /** The length of the longest host name (RFC 1035). It bounds the length of header fields. */
  private static final int HOST_LENGTH_MAX = 253;

  private final String text;

  private BaseUrl(String text) {
    this.text = text;
  }

  /**
   * Parses the text form. One slash at the end is allowed and removed.
   *
   * @param text an absolute URL whose scheme is {@code http} or {@code https}, in lower case
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
   * Returns the URL of a server without TLS.
   *
   * @param host a host name, an IPv4 address, or an IPv6 address without brackets
   * @param port 1 to 65535
   * @return a URL with the scheme {@code http}, the host and the port
   * @throws IllegalArgumentException if {@code host} is not valid in a URL, such as a name with an
   *     underscore, or has more than 253 characters, or {@code port} is out of its range
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
