package io.storageconnections.adapter.connectors;

import static java.util.Objects.requireNonNull;

import io.storageconnections.adapter.connectors.command.Command;
import io.storageconnections.adapter.connectors.command.CommandAttempt;
import io.storageconnections.adapter.connectors.command.Placeholder;
import io.storageconnections.adapter.connectors.command.WorkFolder;
import io.storageconnections.application.port.Attempt;
import io.storageconnections.application.port.Connector;
import io.storageconnections.application.port.Connector.AttemptControl;
import io.storageconnections.domain.run.AttemptOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A connector that starts a program for each attempt. The program gets the file and a description
 * of its job; what it prints and its exit code say how the attempt ended.
 *
 * <p>A small supervisor, a shell script, is started with each program. It ends the program and all
 * processes that the program has started: when the program has exited, when the attempt must stop,
 * when this process dies, and when the thread of the attempt gives no sign of life for the time of
 * the lease. It needs Linux with {@code /bin/sh}, {@code /proc}, and the commands {@code setsid}
 * (util-linux), {@code cat}, {@code grep}, {@code mkfifo}, {@code rm} and {@code sleep}.
 */
public final class CommandConnector implements Connector {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final Command command;
  private final WorkFolder workFolder;
  private final Optional<Duration> timeLimit;

  CommandConnector(CommandConnectorBuilder builder) {
    command = builder.command();
    workFolder = new WorkFolder(command);
    timeLimit = Optional.ofNullable(builder.timeLimit);
  }

  /**
   * Returns a builder of a connector.
   *
   * @param argv the program and its arguments, which no shell interprets. A program without a slash
   *     is looked for in the search path. In the arguments, {@code {jobFile}}, {@code
   *     {sourceFile}}, {@code {outputDir}}, {@code {iModelId}} and {@code {connectorType}} stand
   *     for their values; {@code {sourceFile}} for nothing if Storage is not known
   * @param workFolder contains a folder for each attempt; need not exist
   * @return a builder
   * @throws NullPointerException if an argument, or an element of {@code argv}, is null
   * @throws IllegalArgumentException if {@code argv} is empty, its program is blank, an element
   *     contains U+0000, the program contains letters in braces, or an argument contains letters in
   *     braces that are none of these placeholders
   */
  public static CommandConnectorBuilder builder(List<String> argv, Path workFolder) {
    return new CommandConnectorBuilder(argv, requireNonNull(workFolder, "workFolder"));
  }

  /**
   * Parses the text form of a command.
   *
   * @param json a JSON array of strings: the program and its arguments
   * @return the program and its arguments, as {@link #builder} takes them
   * @throws IllegalArgumentException if {@code json} is something else, names no program, or
   *     contains letters in braces that {@link #builder} refuses; the message says what it must be
   */
  public static List<String> parseCommand(String json) {
    var command = new ArrayList<String>();
    try {
      for (var element : JSON.readTree(json).asArray()) {
        command.add(element.stringValue());
      }
    } catch (JacksonException refused) {
      throw notACommand();
    }
    if (!command.isEmpty()) {
      Placeholder.violation(command)
          .ifPresent(violation -> {
            throw new IllegalArgumentException(violation);
          });
    }
    try {
      var unused = builder(command, Path.of(""));
      return List.copyOf(command);
    } catch (IllegalArgumentException refused) {
      throw notACommand();
    }
  }

  private static IllegalArgumentException notACommand() {
    return new IllegalArgumentException(
        "must be a JSON array of strings, the program first, such as"
            + " [\"/opt/connector/run\", \"{sourceFile}\"]");
  }

  @Override
  public Optional<AttemptOutcome> attempt(Attempt attempt, AttemptControl control)
      throws InterruptedException {
    requireNonNull(attempt, "attempt");
    workFolder.sweep();
    return new CommandAttempt(command, attempt, requireNonNull(control, "control")).run();
  }

  @Override
  public Optional<Duration> timeLimit() {
    return timeLimit;
  }
}
