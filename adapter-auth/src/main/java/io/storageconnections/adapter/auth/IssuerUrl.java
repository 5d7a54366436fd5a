package io.storageconnections.adapter.auth;

import io.storageconnections.adapter.auth.issuer.SecureAddress;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * The URL of an OpenID Connect issuer, which is also the issuer's name. It is an {@code https} URL,
 * or an {@code http} URL on a loopback address ({@code localhost}, {@code 127.0.0.0/8}, {@code
 * [::1]}), where an attacker on the network cannot replace the issuer's keys. It has no user
 * information, query or fragment. Immutable.
 *
 * @param value the URL, spelled as it was given
 */
public record IssuerUrl(URI value) {

  /**
   * Checks the URL.
   *
   * @throws NullPointerException if {@code value} is null
   * @throws IllegalArgumentException if {@code value} does not have this form; the message gives
   *     the reason and does not repeat the URL, which may contain a password
   */
  public IssuerUrl {
    var violation = SecureAddress.violation(value);
    if (violation == null && value.getRawQuery() != null) {
      violation = "must not have a query";
    }
    if (violation != null) {
      throw new IllegalArgumentException("an issuer's URL " + violation);
    }
  }

  /**
   * Parses a URL.
   *
   * @param text the URL
   * @return the URL, spelled like {@code text}
   * @throws IllegalArgumentException if {@code text} is not a URL, or not one of this form; the
   *     message gives the reason and does not repeat the text
   */
  public static IssuerUrl parse(String text) {
    try {
      return new IssuerUrl(new URI(text));
    } catch (URISyntaxException malformed) {
      // Without the cause, because its message repeats the text.
      throw new IllegalArgumentException("an issuer's URL must be a URL: " + malformed.getReason());
    }
  }

  /** {@return the URL as it was given} */
  @Override
  public String toString() {
    return value.toString();
  }
}
