package io.storageconnections.adapter.connectors.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** A program that the server can start, or why it cannot. */
sealed interface Program {

  /** The longest line with an interpreter that Linux reads. */
  int INTERPRETER_LINE_MAX = 256;

  /**
   * A program that can be started.
   *
   * @param path absolute
   */
  record Found(Path path) implements Program {}

  /**
   * A program that cannot be started.
   *
   * @param problem names the program
   */
  record Unusable(String problem) implements Program {}

  /**
   * Finds a program as a shell does.
   *
   * @param name a path, if it contains a slash; else looked for in {@code searchPath}
   * @param searchPath folders, separated by colons
   */
  static Program find(String name, String searchPath) {
    try {
      if (name.contains("/")) {
        return usable(name, Path.of(name).toAbsolutePath());
      }
      return Arrays.stream(searchPath.split(":"))
          .filter(folder -> !folder.isEmpty())
          .map(folder -> Path.of(folder).resolve(name).toAbsolutePath())
          .filter(path -> Files.isRegularFile(path) && Files.isExecutable(path))
          .findFirst()
          .map(path -> usable(name, path))
          .orElseGet(() ->
              new Unusable(
                  // Not the folders: clients of the API read this.
                  "the program %s is in no folder of the server's search path".formatted(name)));
    } catch (InvalidPathException invalid) {
      return new Unusable("the program " + name + " is not a valid path");
    }
  }

  private static Program usable(String name, Path path) {
    if (!Files.exists(path)) {
      return new Unusable("the program " + name + " does not exist");
    }
    if (!Files.isRegularFile(path) || !Files.isExecutable(path)) {
      return new Unusable("the program " + name + " is not an executable file");
    }
    return missingInterpreter(path)
        .<Program>map(missing ->
            new Unusable(
                "the program %s needs %s, which is not an executable file"
                    .formatted(name, missing)))
        .orElseGet(() -> new Found(path));
  }

  /** Returns the interpreter that the first line of a script names, if it does not exist. */
  private static Optional<String> missingInterpreter(Path script) {
    byte[] start;
    try (var content = Files.newInputStream(script)) {
      start = content.readNBytes(INTERPRETER_LINE_MAX);
    } catch (IOException unreadable) {
      // A program can be executable and not readable.
      return Optional.empty();
    }
    var text = new String(start, StandardCharsets.UTF_8);
    if (!text.startsWith("#!") || text.indexOf('\n') < 0) {
      return Optional.empty();
    }
    var interpreter = text.substring(2, text.indexOf('\n')).strip().split("[ \t]", 2)[0];
    try {
      return interpreter.startsWith("/") && !Files.isExecutable(Path.of(interpreter))
          ? Optional.of(interpreter)
          : Optional.empty();
    } catch (InvalidPathException invalid) {
      return Optional.of(interpreter);
    }
  }
}
