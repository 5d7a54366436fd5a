package io.storageconnections.domain.run;

import io.storageconnections.domain.connection.ConnectionId;
import java.util.UUID;

/**
 * The scope within which at most one run is live.
 *
 * <p>Source: the operations of the API speak of one run per iModel, its overview of one run per
 * connection. The first includes the second.
 */
public enum RunExclusivity {
  /** An iModel has at most one live run. */
  PER_IMODEL,
  /** A connection has at most one live run; several connections of an iModel may have one each. */
  PER_CONNECTION;

  /**
   * Returns what has at most one live run.
   *
   * @param connection a connection
   * @return the GUID of the iModel of the connection, or that of the connection
   */
  public UUID scopeOf(ConnectionId connection) {
    return this == PER_IMODEL ? connection.iModel().value() : connection.connection();
  }

  /**
   * Tells whether a live run prevents a start, also if the live run was started with another
   * exclusivity.
   *
   * @param live the connection of the live run
   * @param starting the connection of which a run is to be started
   * @return whether it prevents the start
   */
  public boolean excludes(ConnectionId live, ConnectionId starting) {
    return this == PER_IMODEL ? live.iModel().equals(starting.iModel()) : live.equals(starting);
  }
}
