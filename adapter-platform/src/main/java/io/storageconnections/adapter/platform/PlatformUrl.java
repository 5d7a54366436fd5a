package io.storageconnections.adapter.platform;

import io.storageconnections.adapter.platform.exchange.SecureUrl;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The base URL of an iTwin Platform. It is an {@code https} URL, or an {@code http} URL on a
 * loopback address ({@code localhost}, {@code 127.0.0.0/8}, {@code [::1]}), where an attacker on
 * the network cannot read the callers' tokens. It has no user information, path, query or fragment;
 * the platform's APIs lie under one origin. Immutable.
 *
 * @param value the URL, without a slash at its end
 */
public record PlatformUrl(URI value) {

  /**
   * Checks the URL, and removes a slash at its end.
   *
   * @throws NullPointerException if {@code value} is null
   * @throws IllegalArgumentException if {@code value} does not have this form; the message gives
   *     the reason and does not repeat the URL, which may contain a password
   */
  public PlatformUrl {
    var violation = violation(value);
    if (violation != null) {
      throw new IllegalArgumentException("a platform's URL " + violation);
    }
    var text = value.toString();
    value = text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : value;
  }

  /**
   * Parses a URL.
   *
   * @param text the URL; may end with a slash
   * @return the URL
   * @throws IllegalArgumentException if {@code text} is not a URL, or not one of this form; the
   *     message gives the reason and does not repeat the text
   */
  public static PlatformUrl parse(String text) {
    try {
      return new PlatformUrl(new URI(text));
    } catch (URISyntaxException malformed) {
      // Without the cause, because its message repeats the text.
      throw new IllegalArgumentException(
          "a platform's URL must be a URL: " + malformed.getReason());
    }
  }

  /** {@return whether the platform runs on this machine} */
  public boolean isOnLoopback() {
    return SecureUrl.isOnLoopback(value);
  }

  /** {@return the URL, without a slash at its end} */
  @Override
  public String toString() {
    return value.toString();
  }

  /** Returns why a platform cannot have this URL, worded to follow a noun; null if it can. */
  private static @Nullable String violation(URI url) {
    var violation = SecureUrl.violation(url);
    if (violation != null) {
      return violation;
    }
    if (!url.getRawPath().isEmpty() && !url.getRawPath().equals("/")) {
      return "must not have a path";
    }
    if (url.getRawQuery() != null) {
      return "must not have a query";
    }
    if (url.getRawFragment() != null) {
      return "must not have a fragment";
    }
    return null;
  }
}
