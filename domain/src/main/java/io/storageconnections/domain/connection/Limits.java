package io.storageconnections.domain.connection;

import java.util.Optional;

/**
 * How much one iModel may hold, and the one place that says when it is full.
 *
 * <p>Source: api-contract.md, section 8, recommendation 20: the original has 100 and 250.
 *
 * @param connectionsPerIModel the most connections; 0 for no limit
 * @param filesPerIModel the most source files of all its connections together; 0 for no limit
 */
public record Limits(int connectionsPerIModel, int filesPerIModel) {

  /** No limits. */
  public static final Limits NONE = new Limits(0, 0);

  /** What would be too much. */
  public enum Subject {
    /** Connections of the iModel. */
    CONNECTIONS,
    /** Source files of all connections of the iModel. */
    SOURCE_FILES
  }

  /**
   * Why an iModel takes no more.
   *
   * @param limit how many it may hold
   * @param present how many it holds
   * @param more how many were to be added
   */
  public record Excess(Subject subject, int limit, long present, long more) {}

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public Limits {
    if (connectionsPerIModel < 0 || filesPerIModel < 0) {
      throw new IllegalArgumentException(
          "no limits: " + connectionsPerIModel + ", " + filesPerIModel);
    }
  }

  /** Whether there is anything to keep to. */
  public boolean areSet() {
    return connectionsPerIModel > 0 || filesPerIModel > 0;
  }

  /** What is limited of {@code usage}, and 0 of what is not. */
  public Usage limited(Usage usage) {
    return new Usage(
        connectionsPerIModel > 0 ? usage.connections() : 0,
        filesPerIModel > 0 ? usage.sourceFiles() : 0);
  }

  /** What keeps {@code more} from being added to {@code present}; empty if nothing does. */
  public Optional<Excess> excess(Usage present, Usage more) {
    return excess(
            Subject.CONNECTIONS, connectionsPerIModel, present.connections(), more.connections())
        .or(() ->
            excess(
                Subject.SOURCE_FILES, filesPerIModel, present.sourceFiles(), more.sourceFiles()));
  }

  private static Optional<Excess> excess(Subject subject, int limit, long present, long more) {
    return limit > 0 && more > 0 && present + more > limit
        ? Optional.of(new Excess(subject, limit, present, more))
        : Optional.empty();
  }
}
