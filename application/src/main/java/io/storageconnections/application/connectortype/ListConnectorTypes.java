package io.storageconnections.application.connectortype;

import io.storageconnections.application.port.Caller;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.FileExtension;
import java.util.List;
import java.util.Objects;

/**
 * Lists the connector types and the file extensions that each reads, so that a user can choose one
 * without looking into the documentation. Safe to call concurrently. The documented API has no such
 * operation.
 */
@FunctionalInterface
public interface ListConnectorTypes {

  /** The use case: every connector type of the domain. */
  ListConnectorTypes ALL =
      caller -> {
        Objects.requireNonNull(caller, "caller");
        return new Listed(List.of(ConnectorType.values()), FileExtension.KNOWN);
      };

  /**
   * Lists all connector types.
   *
   * @param caller the caller; every caller gets the same list
   * @return the list, which never changes
   */
  Listed list(Caller caller);

  /**
   * The connector types and file extensions.
   *
   * @param connectorTypes all connector types, in the order of the API's own error message
   * @param extensions all known file extensions, each with the connector types that read it
   */
  record Listed(List<ConnectorType> connectorTypes, List<FileExtension> extensions) {

    /** Copies the lists. */
    public Listed {
      connectorTypes = List.copyOf(connectorTypes);
      extensions = List.copyOf(extensions);
    }
  }
}
