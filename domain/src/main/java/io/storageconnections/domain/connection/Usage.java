package io.storageconnections.domain.connection;

/**
 * How much there is of what is limited.
 *
 * @param connections 0 or more
 * @param sourceFiles 0 or more, of all those connections together
 */
public record Usage(long connections, long sourceFiles) {

  /**
   * Adds up.
   *
   * @param more what comes on top
   * @return both together
   */
  public Usage plus(Usage more) {
    return new Usage(connections + more.connections, sourceFiles + more.sourceFiles);
  }
}
