package io.storageconnections.domain.run;

import io.storageconnections.domain.connection.InvalidValueException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The kind of cause of an error. The text form is the name in the public catalogue of errors of
 * Bentley's connector framework.
 */
public enum ErrorCategory {
  /** The network. */
  NETWORK("network"),
  /** The access token of the user or of the server. */
  TOKEN_ACCESS("ims_token_access"),
  /** Access to the iModel. */
  IMODEL_ACCESS("imodel_access"),
  /** Access to the file, or its format. */
  FILE_ACCESS("file_access"),
  /** The content of the file. */
  DATA_CONFLICT("data_conflict"),
  /** The configuration of the server, the connector or the file. */
  CONFIGURATION("configuration"),
  /** Any other cause. */
  OTHER("other");

  private static final Map<String, ErrorCategory> BY_TEXT =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(ErrorCategory::toString, Function.identity()));

  private final String text;

  ErrorCategory(String text) {
    this.text = text;
  }

  /**
   * Parses the text form.
   *
   * @param text a name of the catalogue; case-sensitive
   * @return the constant with this name
   * @throws InvalidValueException if no constant has this name
   */
  public static ErrorCategory parse(String text) {
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
