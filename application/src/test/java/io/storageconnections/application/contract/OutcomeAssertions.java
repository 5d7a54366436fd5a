package io.storageconnections.application.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.outcome.Failure;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.outcome.Outcome.Failed;
import io.storageconnections.application.outcome.Outcome.Success;

/** Assertions on outcomes. */
public final class OutcomeAssertions {

  private OutcomeAssertions() {}

  /**
   * Asserts that an operation succeeded.
   *
   * @return the value of the success
   * @throws AssertionError if the operation failed
   */
  public static <T> T assertSuccess(Outcome<T, ?> outcome) {
    return switch (outcome) {
      case Success<T, ?>(var value) -> value;
      case Failed<T, ?>(var failure) -> throw new AssertionError("failed with " + failure);
    };
  }

  /**
   * Asserts that an operation failed with a failure of a given type.
   *
   * @return the failure
   * @throws AssertionError if the operation succeeded or failed with another failure
   */
  public static <F extends Failure> F assertFailure(Outcome<?, ?> outcome, Class<F> type) {
    assertThat(outcome).matches(o -> isFailure(o, type), "failed with " + type.getSimpleName());
    return type.cast(((Failed<?, ?>) outcome).failure());
  }

  /** Tells whether an operation failed with a failure of a given type. */
  public static boolean isFailure(Outcome<?, ?> outcome, Class<? extends Failure> type) {
    return outcome instanceof Failed<?, ?> failed && type.isInstance(failed.failure());
  }
}
