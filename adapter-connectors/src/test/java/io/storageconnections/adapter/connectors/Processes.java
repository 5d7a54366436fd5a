package io.storageconnections.adapter.connectors;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Looks at processes of tests. */
final class Processes {

  private Processes() {}

  /** Waits until a file has content, and returns it without the line feed. */
  static String awaitContent(Path file) throws IOException, InterruptedException {
    for (int i = 0; i < 2_000; i++) {
      if (Files.exists(file)) {
        var content = Files.readString(file);
        if (content.endsWith("\n")) {
          return content.strip();
        }
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    throw new AssertionError(file + " has no content");
  }

  /** Returns the processes that have an argument or a variable with this text, without this one. */
  static List<Long> with(String text) throws IOException {
    try (var entries = Files.list(Path.of("/proc"))) {
      return entries
          .filter(entry -> entry.getFileName().toString().matches("[0-9]+"))
          .filter(entry -> contains(entry, "cmdline", text) || contains(entry, "environ", text))
          .map(entry -> Long.parseLong(entry.getFileName().toString()))
          .filter(id -> id != ProcessHandle.current().pid())
          .toList();
    }
  }

  private static boolean contains(Path process, String file, String text) {
    try {
      return Files.readString(process.resolve(file), StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException ended) {
      return false;
    }
  }

  /** Waits until no other process has this text; returns those that are left after a time. */
  static List<Long> leftAfter(Duration time, String text, Long... others) throws Exception {
    var until = System.nanoTime() + time.toNanos();
    var left = without(others, with(text));
    while (!left.isEmpty() && System.nanoTime() - until < 0) {
      TimeUnit.MILLISECONDS.sleep(20);
      left = without(others, with(text));
    }
    return left;
  }

  private static List<Long> without(Long[] others, List<Long> processes) {
    return processes.stream().filter(id -> !List.of(others).contains(id)).toList();
  }

  /** Sends a signal. */
  static void signal(String name, long process) throws Exception {
    var kill = new ProcessBuilder("kill", "-s", name, Long.toString(process)).start();
    if (kill.waitFor() != 0) {
      throw new AssertionError("kill -s " + name + " " + process);
    }
  }
}
