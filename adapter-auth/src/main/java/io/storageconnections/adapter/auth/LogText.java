package io.storageconnections.adapter.auth;

import com.nimbusds.jose.JOSEException;
import java.io.IOException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes text that the server did not write fit for the log: one line, of bounded length. */
final class LogText {

  /** The length of one text; longer ones are cut. */
  static final int LENGTH_MAX = 200;

  private static final int CAUSES_MAX = 8;

  /** Control, format and unassigned characters, lone surrogates, and separators of lines. */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

  private LogText() {}

  /**
   * Returns {@code text} with a question mark for each unprintable character, cut if it is long.
   */
  static String of(@Nullable Object text) {
    var whole = String.valueOf(text);
    var isLong = whole.length() > LENGTH_MAX;
    var start = isLong ? whole.substring(0, LENGTH_MAX) : whole;
    return UNPRINTABLE.matcher(start).replaceAll("?") + (isLong ? "…" : "");
  }

  /** Returns the messages of {@code failure} and of its causes, separated by colons. */
  static String causes(Throwable failure) {
    List<String> texts = new ArrayList<>();
    var said = "";
    for (Throwable cause = failure;
        cause != null && texts.size() < CAUSES_MAX;
        cause = cause.getCause()) {
      var message = cause.getMessage() == null ? "" : cause.getMessage();
      // An exception made of its cause alone repeats the message of that.
      if (message.isEmpty() || !said.contains(message)) {
        texts.add(of(describe(cause, message)));
        said = message;
      }
    }
    return String.join(": ", texts);
  }

  /** Names the class too, where the message means little without it, as with an unknown host. */
  private static String describe(Throwable cause, String message) {
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
