package io.storageconnections.bootstrap.process;

import java.io.PrintWriter;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles the signals by which an operator ends the process: SIGTERM and SIGINT. After a signal the
 * process ends in any case: with exit code 1 if the action fails, also with an error of the class
 * loader because another build has overwritten the jar, or if it takes too long.
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
   * Runs an action in a new thread whenever one of the signals arrives, then ends the process. Does
   * nothing if the platform does not have these signals, or if the JVM does not use them ({@code
   * -Xrs}).
   *
   * @param action the action, which returns the exit code; it must be safe to run more than once
   * @param patience the time after a signal until the process ends with exit code 1, although the
   *     action or a shutdown hook has not ended
   * @param errors gets a message if the action fails or takes too long; not the log, whose classes
   *     may be unreadable
   */
  public static void handle(IntSupplier action, Duration patience, PrintWriter errors) {
    // Before a signal, because the jar may be unreadable afterwards.
    var watchdog = watchdog(patience, errors);
    var isSignalled = new AtomicBoolean();
    Runnable handler =
        () -> {
          if (isSignalled.compareAndSet(false, true)) {
            watchdog.start();
          }
          end(action, errors);
        };
    for (var name : NAMES) {
      try {
        handle(name, handler);
      } catch (ReflectiveOperationException | RuntimeException unavailable) {
        LOG.debug("SIG{} is not handled", name, unavailable);
      }
    }
  }

  private static void end(IntSupplier action, PrintWriter errors) {
    int exitCode = 1;
    try {
      exitCode = action.getAsInt();
    } catch (Throwable failure) {
      errors.println("The server did not stop cleanly: " + failure);
      errors.flush();
    }
    System.exit(exitCode);
  }

  private static Thread watchdog(Duration patience, PrintWriter errors) {
    var message =
        "The server did not stop within " + patience.toSeconds() + " s: the process ends now";
    var watchdog =
        new Thread(
            () -> {
              try {
                Thread.sleep(patience);
              } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
              }
              errors.println(message);
              errors.flush();
              Runtime.getRuntime().halt(1);
            },
            "shutdown-watchdog");
    watchdog.setDaemon(true);
    return watchdog;
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
