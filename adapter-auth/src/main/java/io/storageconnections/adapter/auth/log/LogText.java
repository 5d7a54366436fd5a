package io.storageconnections.adapter.auth.log;

import com.nimbusds.jose.JOSEException;
import java.io.IOException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes text from outside safe for the log: one line, of bounded length, without control
 * characters. Callers and issuers write such text, so it may contain anything.
 */
public final class LogText {

  /** The length of the longest text in characters; longer ones are cut. */
  private static final int LENGTH_MAX = 200;

  private static final int CAUSES_MAX = 8;

  /** Control, format and unassigned characters, lone surrogates, and line separators. */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

  private LogText() {}

  /**
   * Returns the text form of {@code value} with a question mark for each unprintable character, cut
   * to {@value #LENGTH_MAX} characters and an ellipsis.
   */
  public static String printable(@Nullable Object value) {
    var text = String.valueOf(value);
    var isLong = text.length() > LENGTH_MAX;
    var start = isLong ? text.substring(0, LENGTH_MAX) : text;
    return UNPRINTABLE.matcher(start).replaceAll("?") + (isLong ? "…" : "");
  }

  /**
   * Returns the printable messages of {@code failure} and of its causes, separated by colons. A
   * message that its predecessor contains is left out.
   */
  public static String causeChain(Throwable failure) {
    List<String> messages = new ArrayList<>();
    var previous = "";
    for (Throwable cause = failure;
        cause != null && messages.size() < CAUSES_MAX;
        cause = cause.getCause()) {
      var message = cause.getMessage() == null ? "" : cause.getMessage();
      // An exception that was made from its cause alone repeats the cause's message.
      if (message.isEmpty() || !previous.contains(message)) {
        messages.add(printable(withClassName(cause, message)));
        previous = message;
      }
    }
    return String.join(": ", messages);
  }

  /** Adds the class where the message means little without it, as with an unknown host. */
  private static String withClassName(Throwable cause, String message) {
    if (message.isEmpty()) {
      return cause.getClass().getSimpleName();
    }
    return cause instanceof JOSEException
            || cause instanceof ParseException
            || cause.getClass().equals(IOException.class)
        ? message
        : cause.getClass().getSimpleName() + ": " + message;
  }
}
