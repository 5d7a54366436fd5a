package io.storageconnections.adapter.persistence;

import io.storageconnections.adapter.persistence.run.ScriptRows;
import io.storageconnections.adapter.persistence.sql.StoreConstraints;
import io.storageconnections.adapter.persistence.sql.Transactions;
import io.storageconnections.application.port.RunScripts;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.domain.run.Script;
import io.storageconnections.domain.run.Script.Fail;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Stores the scripts of simulated connectors in an SQL database, on which {@link Migrations} were
 * run. Thread-safe.
 */
public final class JooqRunScripts implements RunScripts {

  private final Transactions transactions;

  private JooqRunScripts(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * Creates a store on a database.
   *
   * @param dataSource as for {@link JooqStorageConnectionStore#on}
   * @return the store, which need not be closed
   * @throws StoreException if the database cannot be reached to ask for its dialect
   */
  public static JooqRunScripts on(DataSource dataSource) {
    return new JooqRunScripts(Transactions.on(dataSource));
  }

  @Override
  public void setForFile(StorageFileId file, Script script) {
    set(file.toString(), script);
  }

  @Override
  public void setForConnectorType(ConnectorType type, Script script) {
    set(type.name(), script);
  }

  private void set(String name, Script script) {
    var unused =
        transactions.run(
            "setting the script for " + name,
            () ->
                ScriptRows.update(transactions.dsl(), name, script)
                    || Transactions.unlessViolated(
                        StoreConstraints.SCRIPT,
                        () ->
                            transactions.inStatement(() -> {
                              ScriptRows.insert(transactions.dsl(), name, script);
                              return true;
                            }),
                        // Another request has just inserted one. The retry updates it.
                        () -> null));
  }

  @Override
  public void clear() {
    var unused =
        transactions.run(
            "removing all scripts",
            () -> {
              ScriptRows.clear(transactions.dsl());
              return true;
            });
  }

  @Override
  public Optional<Script> next(StorageFileId file, ConnectorType type) {
    return transactions.run(
        "reading the script for " + file, () -> next(file.toString()).or(() -> next(type.name())));
  }

  private Optional<Script> next(String name) {
    var found = ScriptRows.find(transactions.dsl(), name);
    return found.filter(Fail.class::isInstance).isEmpty()
        ? found
        : transactions.inTransaction(transaction -> {
          var locked = ScriptRows.lock(transaction, name);
          if (locked.orElse(null) instanceof Fail fail) {
            var unused = ScriptRows.update(transaction, name, fail.afterOne());
          }
          return locked;
        });
  }
}
