package io.storageconnections.adapter.persistence.database;

import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Sets a longer statement timeout for migrations than for requests, because a migration may rewrite
 * a large table.
 */
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
      // A driver without network timeouts does not limit the migration either.
    }
  }
}
