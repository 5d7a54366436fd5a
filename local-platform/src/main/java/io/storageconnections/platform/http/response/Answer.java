package io.storageconnections.platform.http.response;

import io.javalin.http.Context;
import io.storageconnections.adapter.http.response.Json;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.outcome.Outcome.Failed;
import io.storageconnections.platform.application.outcome.Outcome.Success;
import io.storageconnections.platform.http.error.FailureResponse;
import java.util.function.Function;

/** Writes the outcomes of use cases. */
public final class Answer {

  private Answer() {}

  /**
   * Writes an outcome.
   *
   * @param status the status of a success
   * @param body converts the value of a success into the body of the answer
   */
  public static <T> void write(
      Context ctx,
      Outcome<T> outcome,
      int status,
      Function<T, Object> body,
      FailureResponse failure) {
    switch (outcome) {
      case Success<T>(var value) -> Json.write(ctx, status, body.apply(value));
      case Failed<T>(var reason) -> failure.write(ctx, reason);
    }
  }

  /** Writes the outcome of a deletion: 204, or the failure. */
  public static void writeNoContent(Context ctx, Outcome<?> outcome, FailureResponse failure) {
    switch (outcome) {
      case Success<?> done -> Json.writeNothing(ctx, 204);
      case Failed<?>(var reason) -> failure.write(ctx, reason);
    }
  }
}
