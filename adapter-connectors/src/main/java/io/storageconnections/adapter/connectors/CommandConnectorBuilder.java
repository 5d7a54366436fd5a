package io.storageconnections.adapter.connectors;

import static java.util.Objects.requireNonNull;

import io.storageconnections.adapter.connectors.command.Command;
import io.storageconnections.adapter.connectors.command.Placeholder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A builder of {@link CommandConnector}. Not thread-safe. */
public final class CommandConnectorBuilder {

  /** The shortest lease: half a second. */
  public static final Duration LEASE_MIN = Duration.ofMillis(500);

  /** The longest time of each limit: 365 days. */
  public static final Duration TIME_MAX = Duration.ofDays(365);

  private static final String SEARCH_PATH = "/usr/local/bin:/usr/bin:/bin";

  /** The names of variables that every shell passes on. */
  private static final Pattern ENVIRONMENT_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final List<String> argv;
  private final Path workFolder;
  private Map<String, String> serverEnvironment = Map.of();
  private Set<String> environmentNames = Set.of();
  private @Nullable Duration silenceLimit;
  private @Nullable Long diskLimit;
  private boolean bareExitCode;
  private Duration lease = Duration.ofSeconds(30);
  private Duration grace = Duration.ofSeconds(10);
  private Duration kept = Duration.ofDays(7);
  @Nullable Duration timeLimit;

  CommandConnectorBuilder(List<String> argv, Path workFolder) {
    this.argv = List.copyOf(argv);
    this.workFolder = workFolder.toAbsolutePath();
    if (this.argv.isEmpty() || this.argv.getFirst().isBlank()) {
      throw new IllegalArgumentException("a program is necessary");
    }
    if (this.argv.stream().anyMatch(argument -> argument.indexOf('\0') >= 0)) {
      throw new IllegalArgumentException("a program and its arguments must not contain U+0000");
    }
    Placeholder.violation(this.argv)
        .ifPresent(violation -> {
          throw new IllegalArgumentException("the command " + violation);
        });
  }

  /**
   * Sets the environment of the server. The connector gets only the variables that {@link
   * #environmentNames} names; the program is looked for in the folders of {@code PATH}. Without
   * this, the environment is empty, and the search path is {@code /usr/local/bin:/usr/bin:/bin}.
   *
   * @param environment the variables; copied
   * @return this builder
   * @throws NullPointerException if {@code environment}, a name or a value is null
   */
  public CommandConnectorBuilder serverEnvironment(Map<String, String> environment) {
    serverEnvironment = Map.copyOf(environment);
    return this;
  }

  /**
   * Sets which variables of the server's environment the connector gets; by default, none.
   *
   * @param names the names: letters, digits and underscores; copied
   * @return this builder
   * @throws NullPointerException if {@code names} or a name is null
   * @throws IllegalArgumentException if a name contains another character, or begins with a digit
   */
  public CommandConnectorBuilder environmentNames(Set<String> names) {
    environmentNames = Set.copyOf(names);
    for (var name : environmentNames) {
      if (!ENVIRONMENT_NAME.matcher(name).matches()) {
        throw new IllegalArgumentException("not the name of an environment variable: " + name);
      }
    }
    return this;
  }

  /**
   * Sets the time limit of an attempt; by default, it is that of the service.
   *
   * @param time positive, at most {@link #TIME_MAX}
   * @return this builder
   * @throws NullPointerException if {@code time} is null
   * @throws IllegalArgumentException if {@code time} is not positive or longer
   */
  public CommandConnectorBuilder timeLimit(Duration time) {
    timeLimit = checked(time, "the time limit", Duration.ofNanos(1));
    return this;
  }

  /**
   * Sets how long the connector may print nothing, neither on standard output nor on standard
   * error; by default, there is no limit. An attempt that exceeds it has timed out.
   *
   * @param time positive, at most {@link #TIME_MAX}
   * @return this builder
   * @throws NullPointerException if {@code time} is null
   * @throws IllegalArgumentException if {@code time} is not positive or longer
   */
  public CommandConnectorBuilder silenceLimit(Duration time) {
    silenceLimit = checked(time, "the silence limit", Duration.ofNanos(1));
    return this;
  }

  /**
   * Sets how large the folder of an attempt may become, with the source file; by default, there is
   * no limit. It is measured every second.
   *
   * @param bytes the number of bytes; positive
   * @return this builder
   * @throws IllegalArgumentException if {@code bytes} is not positive
   */
  public CommandConnectorBuilder diskLimit(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("the disk limit must be positive: " + bytes);
    }
    diskLimit = bytes;
    return this;
  }

  /**
   * Sets whether the exit code 0 alone means success. By default, the connector must also print a
   * line of the type {@code result}.
   *
   * @param isEnough true if the exit code is enough
   * @return this builder
   */
  public CommandConnectorBuilder bareExitCode(boolean isEnough) {
    bareExitCode = isEnough;
    return this;
  }

  /**
   * Sets how long a connector lives when the thread of its attempt hangs, or the node does not run.
   * All its processes have ended this time and {@link #grace} after the last sign of life. The
   * default is 30 seconds.
   *
   * @param time at least {@link #LEASE_MIN}, at most {@link #TIME_MAX}
   * @return this builder
   * @throws NullPointerException if {@code time} is null
   * @throws IllegalArgumentException if {@code time} is shorter or longer
   */
  public CommandConnectorBuilder lease(Duration time) {
    lease = checked(time, "the lease", LEASE_MIN);
    return this;
  }

  /**
   * Sets the time between SIGTERM, which asks the processes of a connector to end, and SIGKILL. The
   * default is ten seconds.
   *
   * @param time in steps of a tenth of a second; not negative, at most {@link #TIME_MAX}
   * @return this builder
   * @throws NullPointerException if {@code time} is null
   * @throws IllegalArgumentException if {@code time} is negative or longer
   */
  public CommandConnectorBuilder grace(Duration time) {
    grace = checked(time, "the grace", Duration.ZERO);
    return this;
  }

  /**
   * Sets how long the folder of an attempt is kept whose connector ended by itself, with the result
   * {@code ERROR}; without the copy of the source file. The default is seven days.
   *
   * @param time zero to delete it at once; else at least one day, at most {@link #TIME_MAX}
   * @return this builder
   * @throws NullPointerException if {@code time} is null
   * @throws IllegalArgumentException if {@code time} is something else
   */
  public CommandConnectorBuilder keptAfterFailure(Duration time) {
    kept = time.isZero() ? time : checked(time, "the time to keep folders", Duration.ofDays(1));
    return this;
  }

  private static Duration checked(Duration time, String name, Duration min) {
    if (requireNonNull(time, name).compareTo(min) < 0 || time.compareTo(TIME_MAX) > 0) {
      throw new IllegalArgumentException(
          "%s must be from %s to %s: %s".formatted(name, min, TIME_MAX, time));
    }
    return time;
  }

  /**
   * Creates the connector. It does not look for the program yet.
   *
   * @return the connector
   */
  public CommandConnector build() {
    return new CommandConnector(this);
  }

  Command command() {
    var environment = new HashMap<>(serverEnvironment);
    environment.keySet().retainAll(environmentNames);
    return new Command(
        argv,
        environment,
        serverEnvironment.getOrDefault("PATH", SEARCH_PATH),
        workFolder,
        Optional.ofNullable(silenceLimit),
        Optional.ofNullable(diskLimit),
        bareExitCode,
        lease,
        grace,
        kept);
  }
}
