package io.storageconnections.adapter.connectors.command;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The folder that contains the folders of attempts. Those of failed attempts, and those that a node
 * left when it died, are deleted later. Thread-safe.
 */
public final class WorkFolder {

  private static final Duration INTERVAL = Duration.ofHours(1);

  /** Nodes may share the folder; no attempt of another node is younger than this and dead. */
  private static final Duration UNUSED_MIN = Duration.ofDays(1);

  private final Command command;
  private final AtomicLong nextSweep = new AtomicLong(System.nanoTime());

  /**
   * Creates the object, not the folder.
   *
   * @param command the command whose attempts use the folder
   */
  public WorkFolder(Command command) {
    this.command = command;
  }

  /** Deletes old folders, if that was not done in the last hour. */
  public void sweep() {
    var now = System.nanoTime();
    var next = nextSweep.get();
    if (now - next >= 0 && nextSweep.compareAndSet(next, now + INTERVAL.toNanos())) {
      var kept = command.kept();
      AttemptFolder.sweep(command.workFolder(), kept.compareTo(UNUSED_MIN) > 0 ? kept : UNUSED_MIN);
    }
  }
}
