package io.storageconnections.adapter.execution.worker;

import java.util.concurrent.ThreadFactory;

/** Creates the threads of the engine. None keeps the JVM alive. */
final class WorkerThreads {

  /**
   * The first version of the JDK whose virtual threads leave their carrier thread also inside
   * {@code synchronized}, where database drivers wait.
   */
  private static final int VIRTUAL_THREADS_JDK_MIN = 24;

  private WorkerThreads() {}

  /** Returns a factory of threads whose names begin with the given text and a hyphen. */
  static ThreadFactory named(String prefix) {
    return Runtime.version().feature() >= VIRTUAL_THREADS_JDK_MIN
        ? Thread.ofVirtual().name(prefix + "-", 1).factory()
        : Thread.ofPlatform().daemon().name(prefix + "-", 1).factory();
  }
}
