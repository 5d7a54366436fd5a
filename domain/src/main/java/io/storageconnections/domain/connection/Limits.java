package io.storageconnections.domain.connection;

import java.util.Optional;

/**
 * The greatest numbers of connections and source files of one iModel. This class decides when a
 * limit is exceeded.
 *
 * <p>Source: the API documents no limits. Bentley's portal allows 100 connections and 250 files per
 * iModel (knowledge base article KB0098316).
 *
 * @param connectionsPerIModel the greatest number of connections, 1 or more; 0 for no limit
 * @param filesPerIModel the greatest number of source files of all its connections together, 1 or
 *     more; 0 for no limit
 */
public record Limits(int connectionsPerIModel, int filesPerIModel) {

  /** No limits. */
  public static final Limits NONE = new Limits(0, 0);

  /** The kind of object that a limit counts. */
  public enum Subject {
    /** Connections of the iModel. */
    CONNECTIONS,
    /** Source files of all connections of the iModel. */
    SOURCE_FILES
  }

  /**
   * The limit that an addition would exceed: {@code present + more > limit}.
   *
   * @param subject the kind of object that the limit counts
   * @param limit the greatest number of objects per iModel, 1 or more
   * @param present the number of objects that the iModel has, 0 or more
   * @param more the number of objects to add, 1 or more
   */
  public record Excess(Subject subject, int limit, long present, long more) {}

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a number is negative
   */
  public Limits {
    if (connectionsPerIModel < 0 || filesPerIModel < 0) {
      throw new IllegalArgumentException(
          "limits must not be negative: " + connectionsPerIModel + ", " + filesPerIModel);
    }
  }

  /** {@return whether at least one of the two numbers is limited} */
  public boolean areSet() {
    return connectionsPerIModel > 0 || filesPerIModel > 0;
  }

  /**
   * Returns the numbers of {@code usage} that are limited.
   *
   * @param usage the numbers of all objects
   * @return {@code usage} with 0 in place of each number that has no limit
   */
  public Usage limited(Usage usage) {
    return new Usage(
        connectionsPerIModel > 0 ? usage.connections() : 0,
        filesPerIModel > 0 ? usage.sourceFiles() : 0);
  }

  /**
   * Checks whether an addition would exceed a limit. A limit does not apply to an addition of 0
   * objects of its kind, even if the iModel already exceeds the limit.
   *
   * @param present the objects that the iModel has
   * @param more the objects to add
   * @return the exceeded limit, or that of connections if both would be exceeded; empty if the
   *     objects can be added
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
