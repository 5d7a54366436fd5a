package io.storageconnections.domain.run;

import java.util.UUID;

/**
 * The id of a job of a run. The text form is a GUID in lower case. The server creates GUIDs of
 * version 4.
 *
 * @param value a GUID of any version
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/get-storage-connection-run">Get
 *     Storage Connection Run</a>
 */
public record JobId(UUID value) {

  @Override
  public String toString() {
    return value.toString();
  }
}
