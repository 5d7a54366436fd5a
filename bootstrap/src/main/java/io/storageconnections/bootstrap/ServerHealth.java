package io.storageconnections.bootstrap;

import io.storageconnections.adapter.http.port.ComponentHealth;
import io.storageconnections.adapter.http.port.ComponentHealth.Status;
import io.storageconnections.application.port.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the parts of a server work. The checks run at the same time, each on a thread of its own,
 * so that a database that does not answer delays no other check, and occupies one thread however
 * often the server is asked. Thread-safe.
 */
final class ServerHealth implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ServerHealth.class);

  /** The time after which a check counts as failed. Load balancers wait for a few seconds. */
  private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(3);

  private static final State STARTING = new State(Status.DOWN, "the server starts");
  private static final State STOPPING = new State(Status.DOWN, "the server stops");

  private final List<Component> components = new CopyOnWriteArrayList<>();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(
          Thread.ofPlatform().daemon().name("health-check-", 0).factory());

  /** The state of the server itself, without its parts. */
  private volatile State server = STARTING;

  ServerHealth() {
    add("server", true, () -> server);
  }

  /**
   * The state of a part.
   *
   * @param reason null if there is nothing to say
   */
  record State(Status status, @Nullable String reason) {

    static final State UP = new State(Status.UP, null);
  }

  /**
   * Adds a part.
   *
   * @param isRequired whether the server is not ready while the part is down
   * @param state returns the state now, without waiting
   */
  void add(String name, boolean isRequired, Supplier<State> state) {
    components.add(new Component(name, isRequired, state));
  }

  /** Adds a part without which the server is not ready; {@code check} may wait. */
  void addRequired(String name, Runnable check) {
    add(name, true, () -> stateAfter(check));
  }

  private static State stateAfter(Runnable check) {
    try {
      check.run();
      return State.UP;
    } catch (StoreException failure) {
      LOG.debug("A check of the server's health failed", failure);
      var advice = failure.advice();
      return new State(Status.DOWN, advice == null ? words(failure.reason()) : advice);
    }
  }

  private static String words(StoreException.Reason reason) {
    return switch (reason) {
      case UNREACHABLE -> "it does not answer";
      case BUSY -> "it is too busy";
      case READ_ONLY -> "it is read-only";
      case DISK -> "its disk cannot be written to; it may be full";
      case MISCONFIGURED -> "it is not set up as the server needs it; the log has the cause";
      case DEFECT -> "it refused a statement; the log has the cause";
    };
  }

  /** From now on the server is ready if its parts are. */
  void started() {
    server = State.UP;
  }

  /** From now on the server is not ready. */
  void stopping() {
    server = STOPPING;
  }

  /** Checks all parts; takes {@link #CHECK_TIMEOUT} at most. */
  List<ComponentHealth> check() {
    var end = System.nanoTime() + CHECK_TIMEOUT.toNanos();
    components.forEach(Component::begin);
    return components.stream().map(component -> component.health(end)).toList();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /** A part of the server, with the check that is running. */
  private final class Component {

    private final String name;
    private final boolean isRequired;
    private final Supplier<State> state;

    /** Guarded by this. */
    private @Nullable Future<State> check;

    /** Guarded by this. */
    private @Nullable State logged;

    Component(String name, boolean isRequired, Supplier<State> state) {
      this.name = name;
      this.isRequired = isRequired;
      this.state = state;
    }

    /** Begins a check, unless one is running. */
    synchronized void begin() {
      if (check == null || check.isDone()) {
        try {
          check = threads.submit(state::get);
        } catch (RejectedExecutionException closed) {
          check = null;
        }
      }
    }

    ComponentHealth health(long end) {
      var now = stateNow(end);
      log(now);
      return new ComponentHealth(name, isRequired, now.status(), now.reason());
    }

    private State stateNow(long end) {
      Future<State> running;
      synchronized (this) {
        running = check;
      }
      if (running == null) {
        return STOPPING;
      }
      try {
        return running.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException late) {
        return new State(
            Status.DOWN, "it did not answer within " + CHECK_TIMEOUT.toSeconds() + " seconds");
      } catch (ExecutionException defect) {
        LOG.error("The check of {} failed", name, defect.getCause());
        return new State(Status.DOWN, "its check failed; the log has the cause");
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return STOPPING;
      }
    }

    /**
     * Logs a state only when it changes, because a supervisor checks every few seconds. Does not
     * log that the server starts, because each start would then log a warning.
     */
    private synchronized void log(State now) {
      if (now.equals(STARTING)) {
        return;
      }
      var before = logged == null ? State.UP : logged;
      logged = now;
      if (now.equals(before)) {
        return;
      }
      if (now.status() == Status.DOWN) {
        LOG.warn("Health: {} is down: {}", name, now.reason());
      } else if (before.status() == Status.DOWN) {
        LOG.info("Health: {} is up again", name);
      }
    }
  }
}
