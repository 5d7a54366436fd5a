package io.storageconnections.domain.run;

import static io.storageconnections.domain.connection.ConnectorType.MSTN;
import static io.storageconnections.domain.run.RunFixtures.POLICY;
import static io.storageconnections.domain.run.RunFixtures.START;
import static io.storageconnections.domain.run.RunFixtures.applied;
import static io.storageconnections.domain.run.RunFixtures.runOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.domain.run.Transition.Applied;
import io.storageconnections.domain.run.Transition.Reason;
import io.storageconnections.domain.run.Transition.Refused;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TransitionTest {

  private final Run run = runOf(MSTN, MSTN);
  private final Task first = run.tasks().getFirst();

  @Test
  void two_events_are_one_transition_from_the_run_before_the_first_to_the_run_after_the_second() {
    var pickUp = pickUp(run);
    var begun = applied(begin(pickUp.run()));

    var transition = pickUp.then(this::begin);

    assertThat(transition).isEqualTo(new Applied(run, begun));
    assertThat(transition.run().revision()).isEqualTo(3);
    assertThat(((Applied) transition).changedTasks()).containsExactly(begun.tasks().getFirst());
  }

  @Test
  void an_event_that_does_not_fit_after_the_first_leaves_the_first() {
    var pickUp = pickUp(run);

    var transition = pickUp.then(this::pickUp);

    assertThat(transition).isSameAs(pickUp);
  }

  @Test
  void after_a_refused_event_the_next_one_is_not_applied() {
    var pickedUp = applied(pickUp(run));
    var calls = new AtomicInteger();

    var transition =
        pickUp(pickedUp)
            .then(current -> {
              calls.incrementAndGet();
              return begin(current);
            });

    assertThat(transition).isEqualTo(new Refused(pickedUp, Reason.FENCED));
    assertThat(calls).hasValue(0);
  }

  @Test
  void three_events_are_one_transition_too() {
    var transition =
        pickUp(run).then(this::begin).then(begun -> begun.requestCancel(START)).then(this::end);

    assertThat(transition).isInstanceOf(Applied.class);
    assertThat(((Applied) transition).before()).isEqualTo(run);
    assertThat(transition.run().result()).isEqualTo(RunResult.CANCELLED);
    assertThat(((Applied) transition).changedTasks())
        .isEqualTo(transition.run().tasks())
        .hasSize(2);
  }

  private Transition pickUp(Run current) {
    return current.pickUp(1, "node", POLICY, START);
  }

  private Transition begin(Run current) {
    return current.beginAttempt(1, first.id(), START);
  }

  private Transition end(Run current) {
    return current.endAttempt(1, first.id(), AttemptOutcome.succeeded(), POLICY, START);
  }
}
