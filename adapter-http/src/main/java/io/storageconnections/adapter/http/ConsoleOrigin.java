package io.storageconnections.adapter.http;

import io.storageconnections.adapter.http.development.Loopback;
import io.storageconnections.adapter.http.link.BaseUrl;
import java.net.URI;

/**
 * An origin that the console may call: an {@code https} URL without a path, or an {@code http} URL
 * of {@code localhost} or of 127.0.0.0/8 without a path. It has no IPv6 address, because a content
 * security policy cannot contain one. Immutable.
 *
 * @param text the origin, without a slash at its end
 */
public record ConsoleOrigin(String text) {

  /**
   * Checks the origin.
   *
   * @throws IllegalArgumentException if {@code text} is not an origin of this form
   */
  public ConsoleOrigin {
    var url = URI.create(BaseUrl.parse(text).toString());
    var isHttps = "https".equals(url.getScheme());
    if (text.endsWith("/")
        || isIpv6(url.getHost())
        || !(isHttps || Loopback.isHost(url.getHost()))) {
      throw new IllegalArgumentException(
          "not an https origin, nor an http origin on a loopback address: " + text);
    }
  }

  /**
   * Parses the text form. One slash at the end is allowed and removed.
   *
   * @param text an absolute URL without a path
   * @return the origin
   * @throws IllegalArgumentException if {@code text} is not an origin of this form
   */
  public static ConsoleOrigin parse(String text) {
    return new ConsoleOrigin(BaseUrl.parse(text).toString());
  }

  static boolean isIpv6(String host) {
    return host.startsWith("[");
  }
}
