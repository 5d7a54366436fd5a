package io.storageconnections.domain.connection;

/**
 * The numbers of objects of an iModel that {@link Limits} count.
 *
 * @param connections the number of connections, 0 or more
 * @param sourceFiles the number of source files of all connections together, 0 or more
 */
public record Usage(long connections, long sourceFiles) {

  /**
   * Adds two usages.
   *
   * @param more the usage to add
   * @return the sum of both
   */
  public Usage plus(Usage more) {
    return new Usage(connections + more.connections, sourceFiles + more.sourceFiles);
  }
}
