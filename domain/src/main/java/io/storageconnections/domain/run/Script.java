package io.storageconnections.domain.run;

import java.time.Duration;

/** What a simulated connector does in each attempt at a file, for tests of integrations. */
public sealed interface Script {

  /** The attempt does not end until it is stopped. */
  record Hang() implements Script {}

  /**
   * The attempt takes some time, then succeeds.
   *
   * @param duration the time, by the clock of the workers; not negative
   */
  record Slow(Duration duration) implements Script {

    /**
     * Checks the time.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Slow {
      if (duration.isNegative()) {
        throw new IllegalArgumentException("must not be negative: " + duration);
      }
    }
  }

  /**
   * The next attempts fail; later ones succeed. After an error that is not {@linkplain
   * ErrorKey#isTransient transient}, there is no next attempt in the same run.
   *
   * @param times how many attempts fail, 1 or more
   * @param error the error with which they fail
   */
  record Fail(int times, ErrorKey error) implements Script {

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if {@code times} is less than 1
     */
    public Fail {
      if (times < 1) {
        throw new IllegalArgumentException("must be 1 or more: " + times);
      }
    }

    /** {@return what the attempts after the next one do} */
    public Script afterOne() {
      return times == 1 ? new Succeed() : new Fail(times - 1, error);
    }
  }

  /**
   * The attempt ends like a process that crashed.
   *
   * @param exitCode the exit code of the process
   */
  record Crash(int exitCode) implements Script {}

  /** The attempt synchronizes a part of the file. */
  record Partial() implements Script {}

  /** The attempt succeeds. */
  record Succeed() implements Script {}
}
