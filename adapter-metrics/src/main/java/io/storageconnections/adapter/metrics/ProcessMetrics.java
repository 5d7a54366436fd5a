package io.storageconnections.adapter.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.logging.LogbackMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The metrics of the process: the JVM, its use of the machine, and the events of its log. */
final class ProcessMetrics implements AutoCloseable {

  private static final String LOGBACK = "ch.qos.logback.classic.LoggerContext";

  private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
  private @Nullable AutoCloseable logEvents;

  void bindTo(MeterRegistry registry) {
    new JvmInfoMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    garbageCollection.bindTo(registry);
    // A host may log with another library.
    if (LoggerFactory.getILoggerFactory().getClass().getName().equals(LOGBACK)) {
      var events = new LogbackMetrics();
      events.bindTo(registry);
      logEvents = events;
    }
  }

  @Override
  public void close() {
    garbageCollection.close();
    if (logEvents instanceof LogbackMetrics events) {
      events.close();
    }
  }
}
