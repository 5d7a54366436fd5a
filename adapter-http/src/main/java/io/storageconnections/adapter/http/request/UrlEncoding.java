package io.storageconnections.adapter.http.request;

import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The encoding of queries and forms ({@code application/x-www-form-urlencoded}). */
public final class UrlEncoding {

  /** The character into which Java decodes bytes that are not valid in the charset. */
  private static final String REPLACEMENT = "\uFFFD";

  private static final String REPLACEMENT_ENCODED = "%EF%BF%BD";

  private UrlEncoding() {}

  /** Decodes a name or a value. Returns null if it is malformed or not valid in the charset. */
  public static @Nullable String decode(String text, Charset charset) {
    try {
      var decoded = URLDecoder.decode(text, charset);
      return decoded.contains(REPLACEMENT)
              && !text.contains(REPLACEMENT)
              && !text.toUpperCase(Locale.ROOT).contains(REPLACEMENT_ENCODED)
          ? null
          : decoded;
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }
}
