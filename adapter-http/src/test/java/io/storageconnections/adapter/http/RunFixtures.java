package io.storageconnections.adapter.http;

import static io.storageconnections.adapter.http.ApiFixtures.ID;
import static io.storageconnections.adapter.http.ApiFixtures.RUN_ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.port.NewRun;
import io.storageconnections.application.port.RunRules;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.Origin;
import io.storageconnections.domain.connection.RunId;
import io.storageconnections.domain.run.Run;
import io.storageconnections.domain.run.RunKey;
import io.storageconnections.domain.run.Transition;
import io.storageconnections.domain.run.Transition.Applied;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * Runs of the documented connection, at known times and with known ids, as the workers of other
 * nodes change them.
 */
public final class RunFixtures {

  /** When the run was started. */
  public static final Instant STARTED = Instant.parse("2026-11-26T10:14:30.123456Z");

  /** The ids of the first tasks, and then of the first jobs, of a run with three tasks. */
  private static final List<String> IDS =
      List.of(
          "58e3babc-1b2c-4d5e-8f60-718293a4b5c6",
          "899537ea-5d0c-4f1b-8a3e-2b6d7c8f9a01",
          "fe2f628d-7a1d-4c2e-9b4f-3c7e8d9fab12",
          "75d94fca-3fd3-4c02-9a3b-6f0f8b2c7d11",
          "2ad03109-8b2e-4d3f-8c50-4d8f9ea0bc23");

  private RunFixtures() {}

  /** Starts a run with the id {@link ApiFixtures#RUN_ID}. */
  public static Run started(TestServer server) {
    Iterator<UUID> ids = IDS.stream().map(UUID::fromString).iterator();
    return server
        .runs()
        .start(
            ConnectionId.parse(ID),
            new NewRun(
                RunId.parse(RUN_ID),
                new Origin("client", "client", null),
                () -> ids.hasNext() ? ids.next() : UUID.randomUUID(),
                STARTED),
            RunRules.DEFAULT)
        .orElseThrow();
  }

  /** Applies an event to a run, which must fit it. */
  public static Run after(TestServer server, RunKey run, Function<Run, Transition> event) {
    var outcome = server.runs().change(run, event);
    assertThat(outcome).isInstanceOf(Success.class);
    var transition = outcome.orElseThrow();
    assertThat(transition).isInstanceOf(Applied.class);
    return transition.run();
  }

  /** Returns the run that the {@code Location} or link of an answer names. */
  public static RunKey keyOf(String url) {
    var segments = url.split("/", -1);
    return new RunKey(
        ConnectionId.parse(segments[segments.length - 3]),
        RunId.parse(segments[segments.length - 1]));
  }
}
