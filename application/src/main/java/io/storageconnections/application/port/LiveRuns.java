package io.storageconnections.application.port;

import io.storageconnections.domain.run.RunState;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How many runs are live on all nodes.
 *
 * @param byState the number of live runs in each state that some have
 * @param oldestQueuedSince when the run that has waited longest for a worker began to wait; empty
 *     if none waits
 */
public record LiveRuns(Map<RunState, Long> byState, Optional<Instant> oldestQueuedSince) {

  /** Copies the map. */
  public LiveRuns {
    byState = Map.copyOf(byState);
  }

  /**
   * Returns how many live runs are in a state.
   *
   * @param state the state
   * @return 0 or more
   */
  public long count(RunState state) {
    return byState.getOrDefault(state, 0L);
  }
}
