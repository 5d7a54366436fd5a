package io.storageconnections.application.port;

import static java.util.Objects.requireNonNull;

/**
 * What the use cases of runs need from outside, besides the {@link Dependencies}. Every component
 * must be thread-safe.
 *
 * @param store stores the runs, with the connections of {@link Dependencies#store}
 * @param queue wakes the workers of this node
 * @param connectors the connectors that the nodes have
 * @param rules the rules of the service
 */
public record RunDependencies(
    RunStore store, RunQueue queue, Connectors connectors, RunRules rules) {

  /**
   * Checks the components.
   *
   * @throws NullPointerException if one is null
   */
  public RunDependencies {
    requireNonNull(store, "store");
    requireNonNull(queue, "queue");
    requireNonNull(connectors, "connectors");
    requireNonNull(rules, "rules");
  }

  /**
   * Returns these dependencies with another store and another queue.
   *
   * @param otherStore stores the runs
   * @param otherQueue wakes the workers of this node
   * @return the new dependencies
   */
  public RunDependencies with(RunStore otherStore, RunQueue otherQueue) {
    return new RunDependencies(otherStore, otherQueue, connectors, rules);
  }
}
