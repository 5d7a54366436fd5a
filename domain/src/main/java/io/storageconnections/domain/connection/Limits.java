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
   * Why an iModel takes no more: {@code present} and {@code more} are greater than {@code limit}
   * together.
   *
   * @param subject what would be too much
   * @param limit how many it may hold, 1 or more
   * @param present how many it holds, 0 or more
   * @param more how many were to be added, 1 or more
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

  /** {@return whether there is anything to keep to} */
  public boolean areSet() {
    return connectionsPerIModel > 0 || filesPerIModel > 0;
  }

  /**
   * Leaves out what nobody limits.
   *
   * @param usage how much there is
   * @return what is limited of {@code usage}, and 0 of what is not
   */
  public Usage limited(Usage usage) {
    return new Usage(
        connectionsPerIModel > 0 ? usage.connections() : 0,
        filesPerIModel > 0 ? usage.sourceFiles() : 0);
  }

  /**
   * Tells whether an iModel would be too full. Of what nothing is added, nothing is too much, even
   * if the limit is exceeded already.
   *
   * @param present what the iModel holds
   * @param more what is to be added
   * @return what keeps {@code more} from being added, connections before source files; empty if
   *     nothing does
   */
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
