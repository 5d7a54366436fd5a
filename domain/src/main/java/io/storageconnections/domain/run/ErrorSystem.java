package io.storageconnections.domain.run;

import io.storageconnections.domain.connection.InvalidValueException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The system that reported an error. The text form is the name in the public catalogue of errors of
 * Bentley's connector framework.
 */
public enum ErrorSystem {
  /** The server that starts connectors. */
  CLOUD_ORCHESTRATOR("cloud_orchestrator"),
  /** A program on the computer of a user that starts connectors. */
  EDGE_ORCHESTRATOR("edge_orchestrator"),
  /** The connector that processed the file. */
  CONNECTOR("connector");

  private static final Map<String, ErrorSystem> BY_TEXT =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(ErrorSystem::toString, Function.identity()));

  private final String text;

  ErrorSystem(String text) {
    this.text = text;
  }

  /**
   * Parses the text form.
   *
   * @param text a name of the catalogue; case-sensitive
   * @return the constant with this name
   * @throws InvalidValueException if no constant has this name
   */
  public static ErrorSystem parse(String text) {
    var value = BY_TEXT.get(text);
    if (value == null) {
      throw new InvalidValueException("one of " + Arrays.toString(values()));
    }
    return value;
  }

  /** {@return the text form, as {@link #parse} reads it} */
  @Override
  public String toString() {
    return text;
  }
}
