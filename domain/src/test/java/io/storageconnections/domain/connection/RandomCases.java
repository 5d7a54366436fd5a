package io.storageconnections.domain.connection;

import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Random cases for tests of what holds always. They are other ones at each run; a failure names the
 * seed of its case, and the system property {@code seed} makes that case the first.
 */
public final class RandomCases {

  private static final int CASES = 1_000;

  private RandomCases() {}

  /** Runs {@code check} on many random cases, each of which takes its values from the generator. */
  public static void checkEach(Consumer<RandomGenerator> check) {
    long first = Long.getLong("seed", ThreadLocalRandom.current().nextLong());
    for (long seed = first; seed != first + CASES; seed++) {
      try {
        check.accept(new SplittableRandom(seed));
      } catch (Throwable failure) {
        throw new AssertionError("to see it again: -Dseed=" + seed + "\n" + failure, failure);
      }
    }
  }

  /** Any GUID, of whatever version. */
  public static UUID guid(RandomGenerator random) {
    return new UUID(random.nextLong(), random.nextLong());
  }
}
