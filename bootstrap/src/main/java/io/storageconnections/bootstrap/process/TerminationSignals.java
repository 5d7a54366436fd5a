package io.storageconnections.bootstrap.process;

import java.lang.reflect.Proxy;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles the signals by which an operator ends the process: SIGTERM and SIGINT.
 *
 * <p>Without a handler the JVM exits with 143 or 130, which service managers regard as a failure.
 * {@code Runtime.halt} in a shutdown hook would set the exit code, but would also stop other hooks,
 * such as the one that writes a flight recording.
 *
 * <p>{@code sun.misc.Signal} (module {@code jdk.unsupported}) is the only way to handle a signal in
 * Java. This class calls it by reflection, because the compiler's warning about it cannot be
 * suppressed.
 */
public final class TerminationSignals {

  private static final Logger LOG = LoggerFactory.getLogger(TerminationSignals.class);

  private static final List<String> NAMES = List.of("TERM", "INT");

  private TerminationSignals() {}

  /**
   * Runs an action in a new thread whenever one of the signals arrives. Does nothing if the
   * platform does not have these signals, or if the JVM does not use them ({@code -Xrs}).
   *
   * @param action the action; it must be safe to run more than once
   */
  public static void handle(Runnable action) {
    for (var name : NAMES) {
      try {
        handle(name, action);
      } catch (ReflectiveOperationException | RuntimeException unavailable) {
        LOG.debug("SIG{} is not handled", name, unavailable);
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // A proxy is equal only to itself.
  private static void handle(String name, Runnable action) throws ReflectiveOperationException {
    var signal = Class.forName("sun.misc.Signal");
    var handler = Class.forName("sun.misc.SignalHandler");
    var actionHandler =
        Proxy.newProxyInstance(
            handler.getClassLoader(),
            new Class<?>[] {handler},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "handle" -> {
                    action.run();
                    yield null;
                  }
                  case "equals" -> proxy == arguments[0];
                  case "hashCode" -> System.identityHashCode(proxy);
                  default -> TerminationSignals.class.getName();
                });
    signal
        .getMethod("handle", signal, handler)
        .invoke(null, signal.getConstructor(String.class).newInstance(name), actionHandler);
  }
}
