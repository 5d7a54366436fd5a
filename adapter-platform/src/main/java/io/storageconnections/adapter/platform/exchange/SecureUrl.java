package io.storageconnections.adapter.platform.exchange;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The URLs that this server uses for secrets and contents: {@code https}, or {@code http} on a
 * loopback address ({@code localhost}, {@code 127.0.0.0/8}, {@code [::1]}), where an attacker on
 * the network neither reads nor replaces anything.
 */
public final class SecureUrl {

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|\\[::1]|127(\\.\\d{1,3}){3}", Pattern.CASE_INSENSITIVE);

  private static final int PORT_MAX = 65535;

  private SecureUrl() {}

  /** Returns whether the URL has the host of this machine. */
  public static boolean isOnLoopback(URI url) {
    return url.getHost() != null && LOOPBACK.matcher(url.getHost()).matches();
  }

  /** Returns why a URL is not one of these, worded to follow a noun; null if it is. */
  public static @Nullable String violation(URI url) {
    var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      return "must begin with https://";
    }
    if (url.getHost() == null) {
      return "must name a host";
    }
    if (url.getPort() == 0 || url.getPort() > PORT_MAX || url.getRawAuthority().endsWith(":")) {
      return "must have a port from 1 to 65535, or none";
    }
    if (url.getRawUserInfo() != null) {
      return "must not have user information";
    }
    if (scheme.equals("http") && !isOnLoopback(url)) {
      return "must begin with https://, for plain http is accepted on a loopback address only";
    }
    return null;
  }

  /**
   * Parses a URL that another system has sent.
   *
   * @param base the URL to which a relative one refers
   * @param text the URL; null if there is none
   * @param loopback whether plain http is accepted on a loopback address
   * @return null if this server must not use it
   */
  public static @Nullable URI received(URI base, @Nullable String text, boolean loopback) {
    if (text == null) {
      return null;
    }
    try {
      var url = base.resolve(new URI(text));
      return violation(url) == null && (loopback || url.getScheme().equalsIgnoreCase("https"))
          ? url
          : null;
    } catch (URISyntaxException malformed) {
      return null;
    }
  }
}
