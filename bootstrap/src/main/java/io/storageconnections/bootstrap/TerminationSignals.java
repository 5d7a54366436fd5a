package io.storageconnections.bootstrap;

import java.lang.reflect.Proxy;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signals by which an operator ends the process: SIGTERM and SIGINT.
 *
 * <p>Without a handler of its own the JVM exits with 143 or 130, which service managers take for a
 * failure. {@code Runtime.halt} in a shutdown hook would cut off the hooks of others, such as a
 * flight recording that is written at exit.
 *
 * <p>{@code sun.misc.Signal} (module {@code jdk.unsupported}) is the only way to handle a signal in
 * Java; it is reached by reflection, because the compiler warns of it and cannot be told not to.
 */
final class TerminationSignals {

  private static final Logger LOG = LoggerFactory.getLogger(TerminationSignals.class);

  private static final List<String> NAMES = List.of("TERM", "INT");

  private TerminationSignals() {}

  /**
   * Runs {@code end} in a thread of its own at each of the signals. Where the platform has no such
   * signals, or the JVM was told not to use them ({@code -Xrs}), nothing changes.
   */
  static void handle(Runnable end) {
    for (var name : NAMES) {
      try {
        handle(name, end);
      } catch (ReflectiveOperationException | RuntimeException unavailable) {
        LOG.debug("SIG{} is not handled", name, unavailable);
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // A proxy is equal to itself only.
  private static void handle(String name, Runnable end) throws ReflectiveOperationException {
    var signal = Class.forName("sun.misc.Signal");
    var handler = Class.forName("sun.misc.SignalHandler");
    var ends =
        Proxy.newProxyInstance(
            handler.getClassLoader(),
            new Class<?>[] {handler},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "handle" -> {
                    end.run();
                    yield null;
                  }
                  case "equals" -> proxy == arguments[0];
                  case "hashCode" -> System.identityHashCode(proxy);
                  default -> TerminationSignals.class.getName();
                });
    signal
        .getMethod("handle", signal, handler)
        .invoke(null, signal.getConstructor(String.class).newInstance(name), ends);
  }
}
