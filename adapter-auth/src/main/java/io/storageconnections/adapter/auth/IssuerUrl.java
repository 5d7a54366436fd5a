package io.storageconnections.adapter.auth;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of an OpenID Connect issuer, which is its name at the same time. Either {@code
 * https}, or {@code http} on this very machine ({@code localhost}, {@code 127.0.0.0/8}, {@code
 * [::1]}), where nobody in between can exchange the keys; without user information, query and
 * fragment. Immutable.
 *
 * @param value the address, spelt as it was given
 */
public record IssuerUrl(URI value) {

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|\\[::1]|127(\\.\\d{1,3}){3}", Pattern.CASE_INSENSITIVE);

  private static final int PORT_MAX = 65535;

  /**
   * Checks the address.
   *
   * @throws IllegalArgumentException if {@code value} is no address an issuer may have; the message
   *     says why and does not repeat the address, which may hold a password
   */
  public IssuerUrl {
    var fault = fault(value);
    if (fault == null && value.getRawQuery() != null) {
      fault = "must not have a query";
    }
    if (fault != null) {
      throw new IllegalArgumentException("an issuer's URL " + fault);
    }
  }

  /**
   * Reads an address.
   *
   * @param text the address, as it will be kept
   * @return the address
   * @throws IllegalArgumentException if {@code text} is no URL, or not one an issuer may have; the
   *     message says why and does not repeat the text
   */
  public static IssuerUrl parse(String text) {
    try {
      return new IssuerUrl(new URI(text));
    } catch (URISyntaxException malformed) {
      // Without the cause: its message repeats the text.
      throw new IllegalArgumentException("an issuer's URL must be a URL: " + malformed.getReason());
    }
  }

  /** {@return the address as it was given} */
  @Override
  public String toString() {
    return value.toString();
  }

  /** Where the issuer describes itself (OpenID Connect Discovery 1.0, section 4). */
  URI discovery() {
    return URI.create(withoutSlash(value.toString()) + "/.well-known/openid-configuration");
  }

  /** Whether {@code name} is this issuer, a slash at the end more or less. */
  boolean isNamed(String name) {
    return withoutSlash(name).equals(withoutSlash(value.toString()));
  }

  /** Why keys must not be read from there, worded to follow a noun; null if they may. */
  static @Nullable String fault(URI address) {
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

  private static String withoutSlash(String address) {
    return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
  }
}
