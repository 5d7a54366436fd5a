package io.storageconnections.application.contract;

import io.storageconnections.application.port.Attempt;
import io.storageconnections.application.port.SourceContents.Opened;
import io.storageconnections.domain.connection.ConnectionFixtures;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.FileName;
import io.storageconnections.domain.connection.Origin;
import io.storageconnections.domain.connection.RunId;
import io.storageconnections.domain.run.RetryPolicy;
import io.storageconnections.domain.run.Run;
import io.storageconnections.domain.run.Transition;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A builder of attempts for tests: {@code attempt().readBy(DWG).of("a.dwg", bytes).build()}. By
 * default, the connector type is {@code MSTN} and Storage is not known. Not thread-safe.
 */
public final class AttemptFixtures {

  /** The correlation id of the request that started each run. */
  public static final String CORRELATION_ID = "correlation";

  private static final Instant START = Instant.parse("2026-01-02T03:04:05.678901Z");

  private ConnectorType type = ConnectorType.MSTN;
  private @Nullable Opened source;
  private Instant deadline = START.plus(Duration.ofHours(1));

  private AttemptFixtures() {}

  /** Creates a builder. */
  public static AttemptFixtures attempt() {
    return new AttemptFixtures();
  }

  /** Sets the connector type. */
  public AttemptFixtures readBy(ConnectorType type) {
    this.type = type;
    return this;
  }

  /** Sets the file and its content. */
  public AttemptFixtures of(String name, byte[] content) {
    return of(name, content.length, new ByteArrayInputStream(content));
  }

  /** Sets the file and its content. */
  public AttemptFixtures of(String name, long size, InputStream content) {
    source = new Opened(new FileName(name), size, content);
    return this;
  }

  /** Sets when the attempt exceeds its time limit. */
  public AttemptFixtures until(Instant deadline) {
    this.deadline = deadline;
    return this;
  }

  /** Creates the attempt: the first one at the only task of a new run. */
  public Attempt build() {
    var queued =
        Run.start(
            new RunId(UUID.randomUUID()),
            new ConnectionId(ConnectionFixtures.iModel(), UUID.randomUUID()),
            new Origin("client", "user", CORRELATION_ID),
            ConnectionFixtures.connection().readBy(type).sourceFiles(),
            UUID::randomUUID,
            START);
    var pickedUp = applied(queued.pickUp(1, "node", new RetryPolicy(3, Duration.ZERO), START));
    var run = applied(pickedUp.beginAttempt(1, pickedUp.tasks().getFirst().id(), START));
    return new Attempt(run, run.tasks().getFirst(), Optional.ofNullable(source), deadline);
  }

  private static Run applied(Transition transition) {
    if (transition instanceof Transition.Applied applied) {
      return applied.run();
    }
    throw new AssertionError(transition);
  }
}
