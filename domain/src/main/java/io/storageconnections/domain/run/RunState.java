package io.storageconnections.domain.run;

import io.storageconnections.domain.connection.InvalidValueException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The state of a run, a job or a task. Only {@link #COMPLETED} is final; {@link RunResult} says how
 * it ended. The text form is the API's name of the state.
 *
 * <p>Source: Bentley's public clients know these eight states. This server uses six of them; which
 * of these a run, a job or a task has, is documented at {@link Run#state()}, {@link Job#state()}
 * and {@link Task#state()}.
 *
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/get-storage-connection-run">Get
 *     Storage Connection Run</a>
 */
public enum RunState {
  /** No attempt has begun. */
  NOT_STARTED("NotStarted"),
  /** Waits for a node with a free worker. */
  QUEUED("Queued"),
  /** Can be executed now: a worker has the run, and no attempt is in progress. */
  WAITING_TO_EXECUTE("WaitingToExecute"),
  /** An attempt is in progress. */
  EXECUTING("Executing"),
  /** An attempt has failed, and the next one begins at a known time. */
  WAITING_TO_RETRY("WaitingToRetry"),
  /** Known to clients; this server completes a run in the transition that ends its last task. */
  FINALIZING("Finalizing"),
  /** Known to clients; not used by this server. */
  IDLE("Idle"),
  /** Ended. Final. */
  COMPLETED("Completed");

  private static final Map<String, RunState> BY_TEXT =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(RunState::toString, Function.identity()));

  private final String text;

  RunState(String text) {
    this.text = text;
  }

  /**
   * Parses the text form.
   *
   * @param text the API's name of a state; case-sensitive
   * @return the state with this name
   * @throws InvalidValueException if no state has this name
   */
  public static RunState parse(String text) {
    var state = BY_TEXT.get(text);
    if (state == null) {
      throw new InvalidValueException("one of " + Arrays.toString(values()));
    }
    return state;
  }

  /** {@return the text form, as {@link #parse} reads it} */
  @Override
  public String toString() {
    return text;
  }
}
