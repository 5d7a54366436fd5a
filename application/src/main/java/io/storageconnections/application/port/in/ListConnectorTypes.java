package io.storageconnections.application.port.in;

import io.storageconnections.application.port.Caller;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.FileExtension;
import java.util.List;

/**
 * Lists the connectors and the files they fit, so that nobody need know it by heart. Safe to call
 * concurrently.
 *
 * <p>Source: api-contract.md, section 2.1; the operation is ours.
 */
public interface ListConnectorTypes {

  /**
   * Lists all of them.
   *
   * @param caller who asks; everybody gets the same answer
   * @return the list, always the same
   */
  Outcome list(Caller caller);

  /** How it went. */
  sealed interface Outcome {

    /**
     * Here they are.
     *
     * @param connectorTypes all of them, in the order of the API's own message
     * @param extensions all that are known, with what reads them
     */
    record Listed(List<ConnectorType> connectorTypes, List<FileExtension> extensions)
        implements Outcome {

      /** Copies what can change. */
      public Listed {
        connectorTypes = List.copyOf(connectorTypes);
        extensions = List.copyOf(extensions);
      }
    }
  }
}
