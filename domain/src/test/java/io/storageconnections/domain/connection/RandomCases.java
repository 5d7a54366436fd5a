package io.storageconnections.domain.connection;

import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Runs property tests on random cases. Each run uses other cases. The message of a failure contains
 * the seed of its case; the system property {@code seed} makes that case the first one.
 */
public final class RandomCases {

  private static final int CASES = 1_000;

  private RandomCases() {}

  /** Runs {@code check} on 1,000 random cases, each with a generator of its own. */
  public static void checkEach(Consumer<RandomGenerator> check) {
    long first = Long.getLong("seed", ThreadLocalRandom.current().nextLong());
    for (long seed = first; seed != first + CASES; seed++) {
      try {
        check.accept(new SplittableRandom(seed));
      } catch (Throwable failure) {
        throw new AssertionError("to reproduce: -Dseed=" + seed + "\n" + failure, failure);
      }
    }
  }

  /** Returns a random GUID of any version. */
  public static UUID guid(RandomGenerator random) {
    return new UUID(random.nextLong(), random.nextLong());
  }
}
