package io.storageconnections.bootstrap.jar;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The processes of one test. JUnit kills them after the test, also if the test fails. */
final class JarProcesses implements AfterEachCallback {

  private final List<JarProcess> running = new ArrayList<>();

  /** Adds a process, and returns it. */
  JarProcess add(JarProcess process) {
    running.add(process);
    return process;
  }

  @Override
  public void afterEach(ExtensionContext context) throws InterruptedException {
    for (var process : running) {
      process.kill();
    }
  }
}
