package io.storageconnections.application.outcome;

import io.storageconnections.application.outcome.Outcome.Failed;
import io.storageconnections.application.outcome.Outcome.Success;
import java.util.Objects;
import java.util.function.Function;

/**
 * The result of an operation: its value, or the reason why the operation failed. A {@code switch}
 * over an outcome is complete if it handles {@link Success} and every failure of {@code F}. A
 * {@code switch} that lists each failure stops compiling when the operation gains one. Immutable,
 * if the value is.
 *
 * @param <T> the value of a success
 * @param <F> the failures that the operation can have
 */
public sealed interface Outcome<T, F extends Failure> permits Success, Failed {

  /**
   * The operation succeeded. Where it changed something, the change is durable; within a
   * transaction of the host, as soon as the host commits.
   *
   * @param <T> the type of the value
   * @param <F> the failures that the operation can have
   * @param value what the operation returns; never null
   */
  record Success<T, F extends Failure>(T value) implements Outcome<T, F> {

    /**
     * Checks the value.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public Success {
      Objects.requireNonNull(value, "value");
    }
  }

  /**
   * The operation failed and changed no connection and no source file.
   *
   * @param <T> the type of the value that a success would have had
   * @param <F> the failures that the operation can have
   * @param failure why the operation failed; never null
   */
  record Failed<T, F extends Failure>(F failure) implements Outcome<T, F> {

    /**
     * Checks the failure.
     *
     * @throws NullPointerException if {@code failure} is null
     */
    public Failed {
      Objects.requireNonNull(failure, "failure");
    }
  }

  /**
   * Returns a success.
   *
   * @param <T> the type of the value
   * @param <F> the failures that the operation can have
   * @param value what the operation returns
   * @return the success with that value
   */
  static <T, F extends Failure> Outcome<T, F> success(T value) {
    return new Success<>(value);
  }

  /**
   * Returns a failure.
   *
   * @param <T> the type of the value that a success would have had
   * @param <F> the failures that the operation can have
   * @param failure why the operation failed
   * @return the failed outcome
   */
  static <T, F extends Failure> Outcome<T, F> failed(F failure) {
    return new Failed<>(failure);
  }

  /**
   * Returns the value of a success, for callers that prefer exceptions to a {@code switch}.
   *
   * @return the value
   * @throws OperationFailedException if the operation failed
   */
  default T orElseThrow() {
    return switch (this) {
      case Success<T, F>(var value) -> value;
      case Failed<T, F>(var failure) -> throw OperationFailedException.of(failure);
    };
  }

  /**
   * Converts the value of a success, and keeps a failure as it is.
   *
   * @param <R> the type of the converted value
   * @param conversion is called at most once; never returns null
   * @return the outcome with the converted value, or with the same failure
   */
  default <R> Outcome<R, F> map(Function<T, R> conversion) {
    return switch (this) {
      case Success<T, F>(var value) -> success(conversion.apply(value));
      case Failed<T, F>(var failure) -> failed(failure);
    };
  }
}
