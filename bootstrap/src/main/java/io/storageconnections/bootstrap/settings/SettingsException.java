package io.storageconnections.bootstrap.settings;

import java.util.List;

/** Settings or command-line options are wrong. Lists every problem, each with what to do. */
public final class SettingsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  // The constructor assigns a list that can be serialized.
  @SuppressWarnings("serial")
  private final List<String> problems;

  /**
   * Creates the exception.
   *
   * @param problems one message of one line for each problem; not empty
   */
  public SettingsException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  /** {@return one message of one line for each problem; unmodifiable} */
  public List<String> problems() {
    return problems;
  }
}
