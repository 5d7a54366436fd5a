package io.storageconnections.domain.run;

import io.storageconnections.domain.connection.InvalidValueException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The result of a run, a job or a task. The text form is the API's name of the result.
 *
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/get-storage-connection-run">Get
 *     Storage Connection Run</a>
 */
public enum RunResult {
  /** Not known, because the state is not {@link RunState#COMPLETED}. */
  UNDETERMINED("Undetermined"),
  /** Everything is synchronized. */
  SUCCESS("Success"),
  /** A part is synchronized. */
  PARTIAL_SUCCESS("PartialSuccess"),
  /** Nothing is synchronized, because of an error. */
  ERROR("Error"),
  /** The connector left the file out. */
  SKIPPED("Skipped"),
  /** A user cancelled the run. */
  CANCELLED("Cancelled"),
  /** The attempt exceeded its time limit. */
  TIMED_OUT("TimedOut");

  /**
   * The results without any success. If the parts of a whole have several of them, the whole has
   * the one that is first in this list.
   */
  private static final List<RunResult> FAILURES = List.of(ERROR, TIMED_OUT, CANCELLED, SKIPPED);

  private static final Map<String, RunResult> BY_TEXT =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(RunResult::toString, Function.identity()));

  private final String text;

  RunResult(String text) {
    this.text = text;
  }

  /**
   * Returns the result of a whole: of a job from the results of its tasks, of a run from the
   * results of its jobs. The results of all tasks of a run give the same result as those of its
   * jobs.
   *
   * @param parts the results of the parts, in any order; at least one
   * @return {@link #UNDETERMINED} if a part is undetermined. Otherwise {@link #SUCCESS} if all
   *     parts succeeded, {@link #PARTIAL_SUCCESS} if some succeeded or one succeeded in part, and
   *     else the first of {@link #ERROR}, {@link #TIMED_OUT}, {@link #CANCELLED} and {@link
   *     #SKIPPED} that a part has
   */
  public static RunResult ofAll(Collection<RunResult> parts) {
    if (parts.contains(UNDETERMINED)) {
      return UNDETERMINED;
    }
    if (parts.contains(PARTIAL_SUCCESS)) {
      return PARTIAL_SUCCESS;
    }
    var failure = FAILURES.stream().filter(parts::contains).findFirst();
    return parts.contains(SUCCESS)
        ? failure.map(some -> PARTIAL_SUCCESS).orElse(SUCCESS)
        : failure.orElseThrow(() -> new IllegalArgumentException("no parts"));
  }

  /**
   * Parses the text form.
   *
   * @param text the API's name of a result; case-sensitive
   * @return the result with this name
   * @throws InvalidValueException if no result has this name
   */
  public static RunResult parse(String text) {
    var result = BY_TEXT.get(text);
    if (result == null) {
      throw new InvalidValueException("one of " + Arrays.toString(values()));
    }
    return result;
  }

  /** {@return the text form, as {@link #parse} reads it} */
  @Override
  public String toString() {
    return text;
  }
}
