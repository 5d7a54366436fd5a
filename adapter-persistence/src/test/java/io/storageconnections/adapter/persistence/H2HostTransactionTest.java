package io.storageconnections.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.sql.Connection;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Runs the tests of host transactions on H2. */
final class H2HostTransactionTest extends HostTransactionContracts {

  @Override
  String url() {
    return "jdbc:h2:mem:" + UUID.randomUUID();
  }

  @Override
  String blockedSessions() {
    // H2 does not tell that a session waits for a row, but which insert it has not finished.
    return "select count(*) from information_schema.sessions where lower(executing_statement) like"
        + " 'insert into storage_connection_source_file%'";
  }

  @Test
  void a_transaction_that_sees_uncommitted_changes_is_refused() throws Exception {
    var store = JooqStorageConnectionStore.on(dataSource());
    try (var transaction = dataSource().getConnection()) {
      transaction.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
      transaction.setAutoCommit(false);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> store.within(transaction))
          .withMessageContaining("READ UNCOMMITTED");
    }
  }
}
