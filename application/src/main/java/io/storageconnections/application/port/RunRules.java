package io.storageconnections.application.port;

import static java.util.Objects.requireNonNull;

import io.storageconnections.domain.run.RunExclusivity;

/**
 * The rules of a service about its runs. All nodes on one database have the same.
 *
 * @param exclusivity the scope within which at most one run is live
 * @param keptPerConnection how many runs of a connection are kept, the newest ones, 1 or more; a
 *     live run is kept in any case
 */
public record RunRules(RunExclusivity exclusivity, int keptPerConnection) {

  /** One live run per iModel; the last 1,000 runs of each connection are kept. */
  public static final RunRules DEFAULT = new RunRules(RunExclusivity.PER_IMODEL, 1_000);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if {@code keptPerConnection} is less than 1
   */
  public RunRules {
    requireNonNull(exclusivity, "exclusivity");
    if (keptPerConnection < 1) {
      throw new IllegalArgumentException("at least one run is kept: " + keptPerConnection);
    }
  }
}
