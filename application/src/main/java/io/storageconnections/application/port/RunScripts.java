package io.storageconnections.application.port;

import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.domain.run.Script;
import java.util.Optional;

/**
 * The scripts of simulated connectors, for tests of integrations. All nodes on one database see the
 * same scripts. Every method throws a {@link StoreException} if the database cannot answer.
 * Thread-safe.
 */
public interface RunScripts {

  /**
   * Keeps no scripts: {@link #next} returns none, and both setters throw {@link
   * UnsupportedOperationException}.
   */
  RunScripts NONE =
      new RunScripts() {
        @Override
        public void setForFile(StorageFileId file, Script script) {
          throw new UnsupportedOperationException("this server keeps no scripts");
        }

        @Override
        public void setForConnectorType(ConnectorType type, Script script) {
          throw new UnsupportedOperationException("this server keeps no scripts");
        }

        @Override
        public void clear() {}

        @Override
        public Optional<Script> next(StorageFileId file, ConnectorType type) {
          return Optional.empty();
        }
      };

  /**
   * Sets the script for a file; it replaces the one that the file has.
   *
   * @param file the file; need not exist
   * @param script the script
   */
  void setForFile(StorageFileId file, Script script);

  /**
   * Sets the script for all files of a connector type that have no script of their own; it replaces
   * the one that the type has.
   *
   * @param type the connector type
   * @param script the script
   */
  void setForConnectorType(ConnectorType type, Script script);

  /** Removes all scripts. */
  void clear();

  /**
   * Returns what the next attempt does, and counts it: after a {@link Script.Fail} the script is
   * replaced by {@link Script.Fail#afterOne}.
   *
   * @param file the file that is attempted
   * @param type its connector type
   * @return the script for the file, or else that for the type; empty if there is none
   */
  Optional<Script> next(StorageFileId file, ConnectorType type);
}
