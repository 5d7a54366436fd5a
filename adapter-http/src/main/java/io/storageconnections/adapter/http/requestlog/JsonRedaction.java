package io.storageconnections.adapter.http.requestlog;

import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Removes secrets from a text that looks like JSON. The text may be malformed, or end too early;
 * therefore this class scans it instead of parsing it. Not thread-safe.
 */
final class JsonRedaction {

  private static final JsonMapper MAPPER = JsonMapper.shared();

  private final String text;
  private final Predicate<String> isSecret;
  private final UnaryOperator<String> redactedSecret;
  private final UnaryOperator<String> redactedText;
  private final StringBuilder result = new StringBuilder();
  private int at;

  /**
   * Creates a redaction of one text.
   *
   * @param isSecret tells by the name of a member whether its value is a secret
   * @param redactedSecret returns what replaces a secret
   * @param redactedText removes secrets from the value of any other member
   */
  JsonRedaction(
      String text,
      Predicate<String> isSecret,
      UnaryOperator<String> redactedSecret,
      UnaryOperator<String> redactedText) {
    this.text = text;
    this.isSecret = isSecret;
    this.redactedSecret = redactedSecret;
    this.redactedText = redactedText;
  }

  /** Returns the text without secrets. */
  String redacted() {
    while (at < text.length()) {
      if (text.charAt(at) == '"') {
        copyString();
      } else {
        result.append(text.charAt(at++));
      }
    }
    return result.toString();
  }

  /** Copies a string and, if it is the name of a member with a secret, replaces the value. */
  private void copyString() {
    var begin = at;
    at = endOfString(begin);
    var literal = text.substring(begin, at);
    var content = unescaped(literal);
    var colon = endOfSpace(at);
    if (colon < text.length() && text.charAt(colon) == ':') {
      var value = endOfSpace(colon + 1);
      appendText(literal, content);
      result.append(text, at, value);
      at = value;
      if (isSecret.test(content)) {
        replaceValue();
      }
    } else {
      appendText(literal, content);
    }
  }

  private void appendText(String literal, String content) {
    var redacted = redactedText.apply(content);
    result.append(redacted.equals(content) ? literal : MAPPER.writeValueAsString(redacted));
  }

  private void replaceValue() {
    var begin = at;
    at = endOfValue(begin);
    if (at == begin || text.startsWith("null", begin)) {
      result.append(text, begin, at);
      return;
    }
    var literal = text.substring(begin, at);
    result.append('"').append(redactedSecret.apply(unescaped(literal))).append('"');
  }

  private int endOfValue(int begin) {
    var depth = 0;
    var end = begin;
    while (end < text.length()) {
      var character = text.charAt(end);
      if (depth == 0 && (character == ',' || character == '}' || character == ']')) {
        return end;
      }
      if (character == '"') {
        end = endOfString(end);
      } else {
        end++;
      }
      if (character == '{' || character == '[') {
        depth++;
      } else if (character == '}' || character == ']') {
        depth--;
      }
    }
    return end;
  }

  /** Returns the position after the closing quotation mark, or the end of the text. */
  private int endOfString(int begin) {
    var end = begin + 1;
    while (end < text.length() && text.charAt(end) != '"') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    return Math.min(end + 1, text.length());
  }

  private int endOfSpace(int begin) {
    var end = begin;
    while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Returns the value of a string; the text between the quotation marks if it is malformed. */
  private static String unescaped(String literal) {
    var bare = literal.replaceAll("^\"|\"$", "");
    if (bare.indexOf('\\') < 0) {
      return bare;
    }
    try {
      return MAPPER.readValue("\"" + bare + "\"", String.class);
    } catch (JacksonException malformed) {
      return bare;
    }
  }
}
