package io.storageconnections.adapter.connectors.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The program of a connector, and how each attempt with it is executed. Immutable.
 *
 * @param argv the program and its arguments, with placeholders; at least the program
 * @param environment the environment of the program
 * @param searchPath the folders in which the program and the commands of the supervisor are looked
 *     for, separated by colons
 * @param workFolder contains the folders of attempts
 * @param silenceLimit how long the program may print nothing; empty for no limit
 * @param diskLimit the greatest number of bytes in the folder of an attempt; empty for no limit
 * @param bareExitCode whether the program need not print a line of the type {@code result}
 * @param lease how long the program lives without a sign of life of the server
 * @param grace the time between SIGTERM and SIGKILL
 * @param kept how long the folder of a failed attempt is kept
 */
public record Command(
    List<String> argv,
    Map<String, String> environment,
    String searchPath,
    Path workFolder,
    Optional<Duration> silenceLimit,
    Optional<Long> diskLimit,
    boolean bareExitCode,
    Duration lease,
    Duration grace,
    Duration kept) {

  /** Copies the list and the map. */
  public Command {
    argv = List.copyOf(argv);
    environment = Map.copyOf(environment);
  }
}
