package io.storageconnections.platform;

import java.util.List;

/** Says why a seed cannot be used: everything that is wrong with it, or with the database. */
public final class SeedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  SeedException(List<String> problems, Throwable cause) {
    super(String.join("\n", problems), cause);
    this.problems = List.copyOf(problems);
  }

  /**
   * Returns what is wrong.
   *
   * @return at least one line: the file, the line and the column, each with a colon behind it, then
   *     the member, what is wrong, and what to do
   */
  public List<String> problems() {
    return problems;
  }
}
