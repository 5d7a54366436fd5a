package io.storageconnections.domain.audit;

import io.storageconnections.domain.connection.Origin;
import java.time.Instant;

/** Values for tests whose subject is not the audit trail. */
public final class AuditFixtures {

  /** The request that makes the changes. */
  public static final Cause CAUSE =
      new Cause(
          new Origin("client", "subject", "correlation"), Instant.parse("2026-01-02T03:04:05Z"));

  private AuditFixtures() {}
}
