package io.storageconnections.bootstrap;

import io.storageconnections.adapter.http.port.ComponentHealth.Status;
import io.storageconnections.adapter.platform.PlatformObserver;
import io.storageconnections.application.port.DirectoryException;
import io.storageconnections.bootstrap.ServerHealth.State;
import org.jspecify.annotations.Nullable;

/**
 * Whether an iTwin Platform could answer last time. The server itself has no token with which it
 * could ask, so it knows only what requests of callers have found out. Thread-safe.
 */
final class PlatformHealth implements PlatformObserver {

  private volatile State lastState = new State(Status.UNKNOWN, "it has not been asked yet");

  State state() {
    return lastState;
  }

  @Override
  public void asked(@Nullable DirectoryException failure) {
    // A platform that refuses a token, or that is busy, answers.
    lastState =
        failure != null && failure.reason() == DirectoryException.Reason.UNAVAILABLE
            ? new State(Status.DOWN, failure.getMessage())
            : State.UP;
  }
}
