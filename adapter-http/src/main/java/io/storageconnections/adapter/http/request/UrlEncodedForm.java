package io.storageconnections.adapter.http.request;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The fields of a form in the body or in the query of a request. The server reads a body regardless
 * of its media type, except that it refuses {@code multipart/*} and unknown charsets.
 *
 * <p>Javalin's forms are not used, because Javalin answers an unknown charset with 500.
 *
 * @param fields the values by the names of the fields; several values if a field is repeated
 */
public record UrlEncodedForm(Map<String, List<String>> fields) {

  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";]*)", Pattern.CASE_INSENSITIVE);

  /**
   * The supported charsets. Some clients name one other than UTF-8, though they send only ASCII.
   */
  private static final List<Charset> CHARSETS = List.of(UTF_8, US_ASCII, ISO_8859_1);

  /**
   * Reads the body of a request.
   *
   * @throws UnreadableBodyException if the body is not a form, or cannot be decoded
   * @throws IOException as {@link BodyBytes#read(Context)} does
   */
  public static UrlEncodedForm read(Context ctx) throws IOException {
    var contentType = ctx.header("Content-Type");
    var charset = contentType == null ? UTF_8 : charset(contentType);
    if (contentType != null && contentType.strip().regionMatches(true, 0, "multipart/", 0, 10)) {
      throw UnreadableBodyException.form();
    }
    return parse(new String(BodyBytes.read(ctx), charset), charset);
  }

  /**
   * Parses the query of a request.
   *
   * @throws UnreadableBodyException if it cannot be decoded
   */
  public static UrlEncodedForm ofQuery(Context ctx) {
    var query = ctx.queryString();
    return parse(query == null ? "" : query, UTF_8);
  }

  private static UrlEncodedForm parse(String text, Charset charset) {
    var fields = new HashMap<String, List<String>>();
    for (var pair : text.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      var parts = pair.split("=", 2);
      fields
          .computeIfAbsent(decoded(parts[0], charset), name -> new ArrayList<>())
          .add(parts.length < 2 ? "" : decoded(parts[1], charset));
    }
    return new UrlEncodedForm(fields);
  }

  private static Charset charset(String contentType) {
    var charset = CHARSET.matcher(contentType);
    if (!charset.find()) {
      return UTF_8;
    }
    var name = charset.group(1).strip();
    return CHARSETS.stream()
        .filter(known ->
            known.name().equalsIgnoreCase(name)
                || known.aliases().stream().anyMatch(name::equalsIgnoreCase))
        .findFirst()
        .orElseThrow(UnreadableBodyException::charset);
  }

  private static String decoded(String text, Charset charset) {
    var decoded = text.contains("\uFFFD") ? null : UrlEncoding.decode(text, charset);
    if (decoded == null) {
      throw UnreadableBodyException.form();
    }
    return decoded;
  }
}
