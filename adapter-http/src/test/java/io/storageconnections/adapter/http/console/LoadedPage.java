package io.storageconnections.adapter.http.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Loads a page as a browser does, with the scripts and styles that it names, and everything that
 * these name. It ends with an error at a file that does not exist.
 */
final class LoadedPage {

  /** The attributes of HTML that name a file; the links of a page to other pages do not count. */
  private static final Pattern IN_HTML =
      Pattern.compile("<(?:script|link|img)\\b[^>]*?\\b(?:src|href)=\"(?!data:)([^\"]+)\"");

  /** Static and dynamic imports. */
  private static final Pattern IN_SCRIPT =
      Pattern.compile("(?:\\bfrom\\s*|\\bimport\\s*\\(?\\s*)[\"'](\\.{0,2}/[^\"']+)[\"']");

  private static final Pattern IN_STYLE =
      Pattern.compile("(?:@import\\s+|url\\(\\s*)[\"']?(?!data:)([^\"')\\s]+)");

  private final Function<String, HttpResponse<byte[]>> client;
  private final Map<String, Integer> sizes = new LinkedHashMap<>();

  /**
   * Creates a page.
   *
   * @param client returns the answer to a GET of a path, which may be compressed
   */
  LoadedPage(Function<String, HttpResponse<byte[]>> client) {
    this.client = client;
  }

  /** Returns the number of bytes of the body of each file, as the server sends it, by its path. */
  Map<String, Integer> load(String path) {
    if (sizes.containsKey(path)) {
      return sizes;
    }
    var answer = client.apply(path);
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    sizes.put(path, answer.body().length);
    names(answer)
        .matcher(text(answer))
        .results()
        .forEach(name -> load(URI.create(path).resolve(name.group(1)).getPath()));
    return sizes;
  }

  private static Pattern names(HttpResponse<byte[]> answer) {
    var type = answer.headers().firstValue("Content-Type").orElse("");
    return type.startsWith("text/html")
        ? IN_HTML
        : type.startsWith("text/css") ? IN_STYLE : IN_SCRIPT;
  }

  private static String text(HttpResponse<byte[]> answer) {
    if (answer.headers().firstValue("Content-Encoding").isEmpty()) {
      return new String(answer.body(), UTF_8);
    }
    try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      return new String(unpacked.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
