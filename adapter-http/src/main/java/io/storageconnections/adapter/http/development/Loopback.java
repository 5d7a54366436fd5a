package io.storageconnections.adapter.http.development;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells whether a host is the machine itself. */
public final class Loopback {

  private static final Pattern HOST =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]|::1", Pattern.CASE_INSENSITIVE);

  private static final Set<String> SCHEMES = Set.of("http", "https");

  private Loopback() {}

  /** Returns whether a host is {@code localhost}, 127.0.0.0/8 or ::1. It resolves no names. */
  public static boolean isHost(@Nullable String host) {
    return host != null && HOST.matcher(host).matches();
  }

  /**
   * Returns an http or https URL at a loopback host; null if {@code text} is none. A URL with user
   * information, a fragment or characters outside ASCII is none, because other software might read
   * another host in it.
   */
  public static @Nullable URI url(String text) {
    try {
      var url = new URI(text);
      return url.getScheme() != null
              && SCHEMES.contains(url.getScheme())
              && isHost(url.getHost())
              && url.getRawUserInfo() == null
              && url.getRawFragment() == null
              && text.chars().allMatch(character -> character < 128)
          ? url
          : null;
    } catch (URISyntaxException malformed) {
      return null;
    }
  }
}
