package io.storageconnections.adapter.auth.issuer;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The addresses from which the server reads keys: {@code https}, or {@code http} on a loopback
 * address, so that an attacker on the network cannot replace the keys.
 */
public final class SecureAddress {

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|\\[::1]|127(\\.\\d{1,3}){3}", Pattern.CASE_INSENSITIVE);

  private static final int PORT_MAX = 65535;

  private SecureAddress() {}

  /**
   * Returns why the server must not read keys from {@code address}, worded to follow a noun; null
   * if it may.
   */
  public static @Nullable String violation(URI address) {
    var scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      return "must begin with https://";
    }
    if (address.getHost() == null) {
      return "must name a host";
    }
    if (address.getPort() == 0
        || address.getPort() > PORT_MAX
        || address.getRawAuthority().endsWith(":")) {
      return "must have a port from 1 to 65535, or none";
    }
    if (address.getRawUserInfo() != null) {
      return "must not have user information";
    }
    if (address.getRawFragment() != null) {
      return "must not have a fragment";
    }
    if (scheme.equals("http") && !LOOPBACK.matcher(address.getHost()).matches()) {
      return "must begin with https://, for plain http is accepted on a loopback address only";
    }
    return null;
  }
}
