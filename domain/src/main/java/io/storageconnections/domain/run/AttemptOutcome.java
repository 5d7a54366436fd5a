package io.storageconnections.domain.run;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a connector ended an attempt at a task. An attempt that a worker stopped, because the run was
 * cancelled or the node shuts down, has no outcome; see {@link Run#release}.
 *
 * @param result {@code SUCCESS}, {@code PARTIAL_SUCCESS}, {@code SKIPPED}, {@code ERROR} or {@code
 *     TIMED_OUT}
 * @param error the error; null if the result is {@code SUCCESS} or {@code SKIPPED}, never null if
 *     it is {@code ERROR} or {@code TIMED_OUT}
 * @param isTransient whether the cause of an {@code ERROR} may pass, so that another attempt makes
 *     sense; false with any other result
 * @param report the connector's report; null if there is none
 */
public record AttemptOutcome(
    RunResult result,
    @Nullable TaskError error,
    boolean isTransient,
    @Nullable SynchronizationReport report) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if they contradict each other
   */
  public AttemptOutcome {
    boolean valid =
        switch (result) {
          case SUCCESS, SKIPPED -> error == null && !isTransient;
          case PARTIAL_SUCCESS -> !isTransient;
          case ERROR -> error != null;
          case TIMED_OUT -> error != null && !isTransient;
          case UNDETERMINED, CANCELLED -> false;
        };
    if (!valid) {
      throw new IllegalArgumentException(
          "not an outcome: " + result + ", error " + error + ", transient " + isTransient);
    }
  }

  /** {@return the outcome {@code SUCCESS}, without a report} */
  public static AttemptOutcome succeeded() {
    return new AttemptOutcome(RunResult.SUCCESS, null, false, null);
  }

  /**
   * Returns the outcome {@code PARTIAL_SUCCESS}: the connector synchronized a part of the file.
   *
   * @param error why the rest is not; null if the connector does not say so
   * @return an outcome without a report
   */
  public static AttemptOutcome partiallySucceeded(@Nullable TaskError error) {
    return new AttemptOutcome(RunResult.PARTIAL_SUCCESS, error, false, null);
  }

  /** {@return the outcome {@code SKIPPED}: the connector left the file out} */
  public static AttemptOutcome skipped() {
    return new AttemptOutcome(RunResult.SKIPPED, null, false, null);
  }

  /**
   * Returns the outcome {@code ERROR} with an error of the server. Whether another attempt makes
   * sense follows from {@link ErrorKey#isTransient}.
   *
   * @param key the error
   * @param details what happened in this case; may be empty
   * @return an outcome without a report
   */
  public static AttemptOutcome failed(ErrorKey key, String details) {
    return failed(TaskError.of(key, details), key.isTransient());
  }

  /**
   * Returns the outcome {@code ERROR}.
   *
   * @param error why
   * @param isTransient whether the cause may pass, so that another attempt makes sense
   * @return an outcome without a report
   */
  public static AttemptOutcome failed(TaskError error, boolean isTransient) {
    return new AttemptOutcome(RunResult.ERROR, error, isTransient, null);
  }

  /**
   * Returns the outcome {@code TIMED_OUT}: the attempt exceeded its time limit. The server does not
   * repeat it.
   *
   * @param error which limit
   * @return an outcome without a report
   */
  public static AttemptOutcome timedOut(TaskError error) {
    return new AttemptOutcome(RunResult.TIMED_OUT, error, false, null);
  }

  /**
   * Returns the outcome {@code TIMED_OUT} with the error {@code BRIDGING_FAILED}.
   *
   * @param limit which limit, worded to precede its time, such as "exceeded its time limit of"
   * @param time the limit
   * @return an outcome without a report
   */
  public static AttemptOutcome timedOut(String limit, Duration time) {
    // Written as in settings: 1h30m, not PT1H30M.
    var text = time.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    return timedOut(TaskError.of(ErrorKey.BRIDGING_FAILED, limit + " " + text));
  }

  /**
   * Returns this outcome with the connector's report.
   *
   * @param report the report
   * @return an outcome with the same result and error
   */
  public AttemptOutcome withReport(SynchronizationReport report) {
    return new AttemptOutcome(result, error, isTransient, report);
  }
}
