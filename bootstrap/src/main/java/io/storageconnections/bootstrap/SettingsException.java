package io.storageconnections.bootstrap;

import java.util.List;

/** Says everything that is wrong with settings or options, each with what to do. */
final class SettingsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  // Written once, by the constructor, with a list that can be serialized.
  @SuppressWarnings("serial")
  private final List<String> problems;

  SettingsException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  /** Each for one line. */
  List<String> problems() {
    return problems;
  }
}
