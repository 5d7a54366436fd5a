package io.storageconnections.adapter.http.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The body of a request that must be a JSON object. */
public sealed interface JsonBody {

  /** The body is a JSON object. */
  record Parsed(ObjectNode object) implements JsonBody {}

  /**
   * The body is not a JSON object.
   *
   * @param reason the fault, for people; contains no part of the body
   * @param line the line of the fault, counted from 1
   * @param column the column of the fault in its line, in UTF-16 code units, counted from 1
   */
  record Malformed(String reason, int line, int column) implements JsonBody {}

  /** Reads JSON. Thread-safe. */
  JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // This class detects trailing tokens itself, in order to report their position.
          .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * Reads the body of a request as a JSON object, regardless of its content type.
   *
   * @throws IOException as {@link BodyBytes#read(Context)} does
   */
  static JsonBody of(Context ctx) throws IOException {
    return read(BodyBytes.read(ctx));
  }

  /**
   * Parses a body. It must be UTF-8 without a byte order mark, must contain one JSON object and
   * nothing after it, and no object in it may have two members of the same name.
   */
  static JsonBody read(byte[] bytes) {
    var text = CharBuffer.allocate(bytes.length);
    var input = ByteBuffer.wrap(bytes);
    var decoder = UTF_8.newDecoder();
    // Jackson would detect other encodings and accept invalid UTF-8.
    var isUtf8 = !decoder.decode(input, text, true).isError();
    var decoded = text.flip().toString();
    if (!isUtf8) {
      return malformed("The body is not UTF-8 at this place.", decoded);
    }
    if (decoded.startsWith("\uFEFF")) {
      return malformed("The body begins with a byte order mark. Send UTF-8 without one.", "");
    }
    if (decoded.indexOf('\0') >= 0) {
      return malformed(
          "The body contains U+0000 at this place. It must be UTF-8, not UTF-16 or UTF-32.",
          decoded.substring(0, decoded.indexOf('\0')));
    }
    return parse(decoded);
  }

  private static JsonBody parse(String text) {
    try (var parser = MAPPER.createParser(text)) {
      try {
        return object(parser, text);
      } catch (JacksonException malformed) {
        var location = malformed.getLocation();
        return malformed(
            JsonFault.reason(malformed), location == null ? parser.currentLocation() : location);
      }
    }
  }

  private static JsonBody object(JsonParser parser, String text) {
    var first = parser.nextToken();
    if (first == null) {
      return malformed(JsonFault.EMPTY, text);
    }
    var start = parser.currentTokenLocation();
    var value = MAPPER.readTree(parser);
    var trailing = trailingText(parser);
    if (trailing != null) {
      return malformed(JsonFault.TRAILING, trailing);
    }
    return value instanceof ObjectNode object
        ? new Parsed(object)
        : malformed("The body is JSON, but not a JSON object.", start);
  }

  /**
   * Returns the position of text after the JSON value, whether JSON or not; null if there is none.
   */
  private static @Nullable TokenStreamLocation trailingText(JsonParser parser) {
    try {
      return parser.nextToken() == null ? null : parser.currentTokenLocation();
    } catch (JacksonException other) {
      return other.getLocation() == null ? parser.currentLocation() : other.getLocation();
    }
  }

  private static Malformed malformed(String reason, TokenStreamLocation location) {
    return new Malformed(
        reason, Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
  }

  /** Returns a fault at the position where {@code before} ends. */
  private static Malformed malformed(String reason, String before) {
    var line = 1 + (int) before.chars().filter(character -> character == '\n').count();
    return new Malformed(reason, line, before.length() - before.lastIndexOf('\n'));
  }
}
