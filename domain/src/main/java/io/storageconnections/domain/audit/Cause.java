package io.storageconnections.domain.audit;

import io.storageconnections.domain.connection.Origin;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The request of a caller that causes a change, and when. Every change that a caller makes has one,
 * so that it has an entry in the audit trail.
 *
 * @param origin the request
 * @param at the time of the change; truncated to microseconds
 */
public record Cause(Origin origin, Instant at) {

  /** Truncates the time to microseconds. */
  public Cause {
    at = at.truncatedTo(ChronoUnit.MICROS);
  }
}
