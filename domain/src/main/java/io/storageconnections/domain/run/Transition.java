package io.storageconnections.domain.run;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The outcome of an event of a {@link Run}, or of several: the run has changed, or the event does
 * not fit it.
 */
public sealed interface Transition {

  /** {@return the run after the event} */
  Run run();

  /**
   * Applies the next event, in the same change of the stored run.
   *
   * @param event the next event; it is not called if this event was refused
   * @return a transition from the run before this event to the run after the next one; this
   *     transition if either event is refused
   */
  default Transition then(Function<Run, Transition> event) {
    return this instanceof Applied first && event.apply(first.run()) instanceof Applied second
        ? new Applied(first.before(), second.run())
        : this;
  }

  /**
   * The event has changed the run.
   *
   * @param before the run before the event
   * @param run the run after the event, of a later revision
   */
  record Applied(Run before, Run run) implements Transition {

    /**
     * Returns the tasks that the event has changed. A job has no values of its own that change.
     *
     * @return the tasks after the event, in the order of the run; may be empty
     */
    public List<Task> changedTasks() {
      var tasks = run.tasks();
      var tasksBefore = before.tasks();
      return IntStream.range(0, tasks.size())
          .filter(index -> !tasks.get(index).equals(tasksBefore.get(index)))
          .mapToObj(tasks::get)
          .toList();
    }
  }

  /**
   * The event has changed nothing, because it does not fit the state of the run. A worker that was
   * slow, or that lost the run to another worker, meets this in the normal course of events.
   *
   * @param run the run, which is unchanged
   * @param reason why the event does not fit; the first that applies, in the order of the constants
   */
  record Refused(Run run, Reason reason) implements Transition {}

  /** The reason why an event does not fit a run. */
  enum Reason {
    /** The run is completed. */
    COMPLETED,
    /** Another worker has picked up the run since. */
    FENCED,
    /** No worker has the run: the worker has released it already. */
    NOT_HELD,
    /** The end of an attempt at a task that is not executing. */
    NOT_EXECUTING,
    /** The beginning of an attempt while another one is in progress. */
    ALREADY_EXECUTING,
    /** The beginning of an attempt at a task that is completed, or whose time has not come. */
    NOT_DUE,
    /** A request to cancel a run that has one already. */
    CANCEL_ALREADY_REQUESTED
  }
}
