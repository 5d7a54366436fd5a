package io.storageconnections.adapter.http.console;

import java.util.Collection;
import java.util.Map;

/** The headers with which a browser restricts what the page can load, call and run. */
final class ContentPolicy {

  private ContentPolicy() {}

  /**
   * Returns the headers of each file of the console.
   *
   * @param origins the origins that the page may call besides its own, in the order of the header
   */
  static Map<String, String> headers(Collection<String> origins) {
    return Map.of(
        "Content-Security-Policy", text(origins),
        "Referrer-Policy", "no-referrer",
        "Cross-Origin-Opener-Policy", "same-origin");
  }

  private static String text(Collection<String> origins) {
    return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
        + " connect-src 'self'"
        + String.join("", origins.stream().map(origin -> " " + origin).toList())
        + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none';"
        + " require-trusted-types-for 'script'; trusted-types 'none'";
  }
}
