package io.storageconnections.platform.application.outcome;

import java.util.Optional;
import java.util.function.Function;

/**
 * The result of an operation: its value, or the reason why the operation failed.
 *
 * @param <T> the value of a success
 */
public sealed interface Outcome<T> {

  /** The operation succeeded. Where it changed something, the change is durable. */
  record Success<T>(T value) implements Outcome<T> {}

  /** The operation failed and changed nothing. */
  record Failed<T>(Failure failure) implements Outcome<T> {}

  /** Returns a success. */
  static <T> Outcome<T> success(T value) {
    return new Success<>(value);
  }

  /** Returns a failure. */
  static <T> Outcome<T> failed(Failure failure) {
    return new Failed<>(failure);
  }

  /**
   * Returns a success with the value, or a failure if there is none.
   *
   * @param ifEmpty the reason of the failure
   */
  static <T> Outcome<T> of(Optional<T> value, Failure ifEmpty) {
    return value.isPresent() ? success(value.get()) : failed(ifEmpty);
  }

  /** Converts the value of a success, and keeps a failure as it is. */
  default <R> Outcome<R> map(Function<T, R> conversion) {
    return flatMap(value -> success(conversion.apply(value)));
  }

  /** Continues a success with another operation, and keeps a failure as it is. */
  default <R> Outcome<R> flatMap(Function<T, Outcome<R>> next) {
    return switch (this) {
      case Success<T>(var value) -> next.apply(value);
      case Failed<T>(var failure) -> failed(failure);
    };
  }
}
