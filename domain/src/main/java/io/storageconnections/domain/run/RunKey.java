package io.storageconnections.domain.run;

import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.InvalidValueException;
import io.storageconnections.domain.connection.RunId;

/**
 * Identifies a run among the runs of all connections. The text form is the id of the connection, a
 * slash, and the id of the run.
 *
 * @param connection the connection, which includes the iModel
 * @param run the run
 */
public record RunKey(ConnectionId connection, RunId run) {

  private static final char SEPARATOR = '/';

  /**
   * Parses the text form.
   *
   * @param text the text form, as {@link #toString} returns it
   * @return the key with this text form
   * @throws InvalidValueException if {@code text} is not the text form of a key
   */
  public static RunKey parse(String text) {
    var separator = text.indexOf(SEPARATOR);
    if (separator < 0) {
      throw new InvalidValueException("the id of a connection, a slash, and the id of a run");
    }
    return new RunKey(
        ConnectionId.parse(text.substring(0, separator)),
        RunId.parse(text.substring(separator + 1)));
  }

  @Override
  public String toString() {
    return connection.toString() + SEPARATOR + run;
  }
}
