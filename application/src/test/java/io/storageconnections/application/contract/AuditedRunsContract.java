package io.storageconnections.application.contract;

import static io.storageconnections.application.contract.OutcomeAssertions.assertFailure;
import static io.storageconnections.application.contract.OutcomeAssertions.assertSuccess;
import static io.storageconnections.domain.audit.AuditFixtures.CAUSE;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.outcome.Failure.RunInProgress;
import io.storageconnections.application.port.AuditFilter;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.domain.audit.AuditAction;
import io.storageconnections.domain.audit.AuditEntry;
import io.storageconnections.domain.audit.Cause;
import io.storageconnections.domain.connection.NewConnection;
import io.storageconnections.domain.run.Transition.Applied;
import io.storageconnections.domain.run.Transition.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The part of the contract of every store of runs that concerns the audit trail. */
public interface AuditedRunsContract extends RunsUnderTest {

  /** Returns the trail of a connection after its creation, the newest entry first. */
  private List<AuditEntry> trail(NewConnection connection) {
    return connections()
        .audit(new AuditFilter(connection.iModel(), connection.id()), new PageRequest(0, 100))
        .items()
        .stream()
        .filter(entry -> entry.action() != AuditAction.CONNECTION_CREATED)
        .toList();
  }

  private static Cause cancelling() {
    return new Cause(CAUSE.origin(), NOW.plusSeconds(1));
  }

  @Test
  default void starts_cancels_and_retries_have_entries_and_events_of_workers_have_none() {
    var connection = added();
    var run = started(connection.id());
    pickedUp(run.key(), 1);
    begun(run.key(), 1);
    var executing = assertSuccess(runs().find(run.key()));
    var cancelled = (Applied) assertSuccess(runs().cancel(cancelling(), run.key()));
    assertThat(assertSuccess(runs().find(run.key()))).isEqualTo(cancelled.run());
    assertThat(cancelled.run().cancelRequested()).isTrue();
    changed(run.key(), current -> current.release(1, NOW));
    var completed = assertSuccess(runs().find(run.key()));
    assertThat(completed.isCompleted()).isTrue();
    var retried =
        assertSuccess(
            runs().retry(run.key(), RunsUnderTest.newRun(NOW.plusSeconds(2)), PER_IMODEL));

    assertThat(trail(connection))
        .containsExactly(
            AuditEntry.runRetried(completed, retried),
            AuditEntry.runCancelled(cancelling(), new Applied(executing, cancelled.run())),
            AuditEntry.runStarted(run));
  }

  @Test
  default void a_refused_start_or_cancel_has_no_entry() {
    var connection = added();
    var run = started(connection.id());
    assertFailure(
        runs().start(connection.id(), RunsUnderTest.newRun(NOW), PER_IMODEL), RunInProgress.class);
    assertThat(assertSuccess(runs().cancel(cancelling(), run.key()))).isInstanceOf(Applied.class);
    assertThat(assertSuccess(runs().cancel(cancelling(), run.key()))).isInstanceOf(Refused.class);
    assertThat(trail(connection))
        .extracting(AuditEntry::action)
        .containsExactly(AuditAction.RUN_CANCELLED, AuditAction.RUN_STARTED);
  }
}
