package io.storageconnections.adapter.connectors.command;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A word in braces that stands for a value in the arguments of a command. */
public enum Placeholder {
  /** The path of the file with the job. */
  JOB_FILE("jobFile"),
  /** The path of the copy of the file. */
  SOURCE_FILE("sourceFile"),
  /** The path of the folder for results. */
  OUTPUT_DIR("outputDir"),
  /** The id of the iModel. */
  I_MODEL_ID("iModelId"),
  /** The connector type. */
  CONNECTOR_TYPE("connectorType");

  /** Other text in braces, such as JSON, is not meant as a placeholder. */
  private static final Pattern PATTERN = Pattern.compile("\\{([A-Za-z]+)}");

  private final String word;

  Placeholder(String word) {
    this.word = word;
  }

  private static Optional<Placeholder> of(String word) {
    return Arrays.stream(values()).filter(placeholder -> placeholder.word.equals(word)).findFirst();
  }

  /**
   * Checks the placeholders of a command.
   *
   * @param argv the program and its arguments
   * @return why the command is refused, worded to follow its name; empty if it is valid
   */
  public static Optional<String> violation(List<String> argv) {
    if (PATTERN.matcher(argv.getFirst()).find()) {
      return Optional.of(
          "must begin with the name of a program: placeholders are replaced only in its arguments");
    }
    return argv.stream()
        .flatMap(argument -> PATTERN.matcher(argument).results())
        .filter(found -> of(found.group(1)).isEmpty())
        .findFirst()
        .map(unknown ->
            "has the unknown placeholder %s: use %s"
                .formatted(
                    unknown.group(),
                    Arrays.stream(values())
                        .map(Placeholder::toString)
                        .collect(Collectors.joining(", "))));
  }

  /** Returns an argument with values in place of its placeholders, which are all known. */
  static String replaceAll(String argument, Function<Placeholder, String> value) {
    // Once only, so that a value that looks like a placeholder stays as it is.
    return PATTERN
        .matcher(argument)
        .replaceAll(found ->
            Matcher.quoteReplacement(of(found.group(1)).map(value).orElseGet(() -> found.group())));
  }

  /** {@return the word with its braces, such as {@code {sourceFile}}} */
  @Override
  public String toString() {
    return "{" + word + "}";
  }
}
