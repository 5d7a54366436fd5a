package io.storageconnections.adapter.persistence.database;

import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/** Gives a migration, which may rewrite a large table, more time than a request has. */
public final class MigrationStatementTimeout extends BaseCallback {

  private static final Duration STATEMENT_TIMEOUT = Duration.ofHours(1);

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_EACH_MIGRATE;
  }

  @Override
  public void handle(Event event, Context context) {
    try {
      context
          .getConnection()
          .setNetworkTimeout(Runnable::run, Math.toIntExact(STATEMENT_TIMEOUT.toMillis()));
    } catch (SQLException unsupported) {
      // Then the driver bounds no statement.
    }
  }
}
