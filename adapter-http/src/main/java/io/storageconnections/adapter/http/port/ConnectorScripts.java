package io.storageconnections.adapter.http.port;

import static java.util.Objects.requireNonNull;

import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.domain.run.Script;
import java.util.function.BiConsumer;

/**
 * What the development routes do with the scripts of simulated connectors. Each function is
 * thread-safe, and throws a {@code StoreException} if the database cannot answer.
 *
 * @param setForFile sets the script for a file
 * @param setForConnectorType sets the script for the files of a connector type that have none of
 *     their own
 * @param clear removes all scripts
 */
public record ConnectorScripts(
    BiConsumer<StorageFileId, Script> setForFile,
    BiConsumer<ConnectorType, Script> setForConnectorType,
    Runnable clear) {

  /**
   * Checks the functions.
   *
   * @throws NullPointerException if one is null
   */
  public ConnectorScripts {
    requireNonNull(setForFile, "setForFile");
    requireNonNull(setForConnectorType, "setForConnectorType");
    requireNonNull(clear, "clear");
  }
}
