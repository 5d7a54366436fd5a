package io.storageconnections.adapter.http.request;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/** Describes the faults of malformed JSON, without repeating any part of it. */
public final class JsonFault {

  /** The body has no bytes, or only white space. */
  public static final String EMPTY = "The body is empty.";

  /** The body has text after its JSON value. */
  public static final String TRAILING = "The JSON ends before this place, but the body goes on.";

  private static final String END = "The body ends within its JSON.";
  private static final String UNKNOWN = "The JSON is malformed at this place.";

  /**
   * Jackson's message contains the character, which must not be repeated. The text of the group is
   * always Jackson's own.
   */
  private static final Pattern UNEXPECTED_CHARACTER =
      Pattern.compile(
          "Unexpected character \\(.{1,40}?\\): was expecting ([A-Za-z -]+)", Pattern.DOTALL);

  /**
   * The descriptions by the beginning of Jackson's message, which continues with parts of the body.
   */
  private static final Map<String, String> REASONS_BY_BEGINNING =
      Map.of(
          "Unexpected end-of-input", END,
          "Duplicate", "An object names the member that ends at this place twice.",
          "Unrecognized token", "A word at this place is none of true, false and null.",
          "Non-standard token", "A word at this place is none of true, false and null.",
          "Illegal unquoted character", "A string contains a control character at this place.",
          "Unrecognized character escape", "A string contains an unknown escape at this place.",
          "Invalid numeric value", "A number is malformed at this place.",
          "Unexpected close marker", "A bracket at this place closes what is not open.");

  private JsonFault() {}

  /** Describes the fault that Jackson found. */
  public static String reason(JacksonException malformed) {
    return switch (malformed) {
      case UnexpectedEndOfInputException end -> END;
      case StreamConstraintsException excess ->
          "The JSON exceeds a limit of this server: 500 levels of nesting, 1,000 characters of a"
              + " number, 50,000 characters of a name.";
      default -> reason(malformed.getOriginalMessage());
    };
  }

  private static String reason(@Nullable String message) {
    if (message == null) {
      return UNKNOWN;
    }
    var unexpected = UNEXPECTED_CHARACTER.matcher(message);
    if (unexpected.lookingAt()) {
      return "Another character is expected at this place: " + unexpected.group(1).strip() + ".";
    }
    return REASONS_BY_BEGINNING.entrySet().stream()
        .filter(known -> message.startsWith(known.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(UNKNOWN);
  }
}
