package io.storageconnections.adapter.execution.queue;

import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.Queries;

/**
 * Lets a node pick up runs in one transaction: it locks rows that no other node has locked, and
 * then marks them. H2 and PostgreSQL understand the same SQL.
 *
 * <p>For PostgreSQL, db-scheduler has a single statement instead: an update with a subquery that
 * locks and limits the rows. If PostgreSQL evaluates the subquery more than once, which it may, the
 * statement updates more rows than the node has workers for.
 */
final class LockingSql extends DefaultJdbcCustomization {

  LockingSql() {
    // The columns have a time zone.
    super(false);
  }

  @Override
  public String getName() {
    return "H2 or PostgreSQL";
  }

  @Override
  public boolean supportsGenericLockAndFetch() {
    return true;
  }

  @Override
  public String createGenericSelectForUpdateQuery(
      String tableName, int limit, String requiredAndCondition, boolean orderByPriority) {
    return Queries.selectForUpdate(
        tableName,
        Queries.ansiSqlOrderPart(orderByPriority),
        Queries.ansiSqlLimitPart(limit),
        requiredAndCondition,
        null,
        null,
        " for update skip locked");
  }
}
