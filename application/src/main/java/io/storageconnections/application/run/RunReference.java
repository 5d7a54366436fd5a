package io.storageconnections.application.run;

import io.storageconnections.application.validation.ParsableAs;
import io.storageconnections.application.validation.Request;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.RunId;
import io.storageconnections.domain.run.RunKey;
import jakarta.validation.constraints.NotNull;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The ids of a connection and of one of its runs, not yet validated.
 *
 * @param connectionId the text form of a {@link ConnectionId}; required
 * @param runId the text form of a {@link RunId}; required
 */
public record RunReference(
    @NotNull @ParsableAs(ConnectionId.class) @Nullable String connectionId,
    @NotNull @ParsableAs(RunId.class) @Nullable String runId)
    implements Request {

  /**
   * Creates a reference from the parsed ids.
   *
   * @param run identifies the run
   * @return a valid reference
   */
  public static RunReference of(RunKey run) {
    return new RunReference(run.connection().toString(), run.run().toString());
  }

  /** Returns what a valid reference identifies. */
  RunKey key() {
    return new RunKey(
        ConnectionId.parse(Objects.requireNonNull(connectionId)),
        RunId.parse(Objects.requireNonNull(runId)));
  }
}
