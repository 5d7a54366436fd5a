package io.storageconnections.adapter.execution;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.List;

/**
 * The threads of this JVM, the virtual ones included. For tests whose engines are closed: JDK 25
 * may crash when it dumps virtual threads that run.
 */
final class LiveThreads {

  private LiveThreads() {}

  /** Returns a line for each thread of an engine. */
  static List<String> ofEngines() {
    try {
      var folder = Files.createTempDirectory("threads");
      var dump = folder.resolve("dump.txt");
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(dump.toString(), ThreadDumpFormat.TEXT_PLAIN);
      var lines = Files.readAllLines(dump);
      Files.delete(dump);
      Files.delete(folder);
      return lines.stream().filter(line -> line.matches("#\\d+ \"run-.*")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
