package io.storageconnections.adapter.http.issuer;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * Secret texts that each stand for a value, and of which each can be used once: authorization codes
 * and refresh tokens. A text has 256 random bits. They are kept in memory, because a text that
 * contained its value would still need a memory of the used ones; after a restart the user logs in
 * again. If there are too many, the oldest are dropped. Thread-safe.
 *
 * @param <V> the type of the values
 */
final class SingleUseTokens<V> {

  private static final int RANDOM_BYTES = 32;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final int countMax;
  private final Duration lifetime;
  private final Clock clock;

  /** In the order of their expiry. */
  private final LinkedHashMap<String, Entry<V>> entries = new LinkedHashMap<>();

  private record Entry<V>(V value, Instant expiry) {}

  /**
   * Creates an empty set.
   *
   * @param countMax the number of texts that are kept
   * @param lifetime the time for which a text can be used
   * @param clock tells the time
   */
  SingleUseTokens(int countMax, Duration lifetime, Clock clock) {
    this.countMax = countMax;
    this.lifetime = lifetime;
    this.clock = clock;
  }

  /** Creates a text that stands for a value. */
  synchronized String add(V value) {
    var now = clock.instant();
    entries.values().removeIf(entry -> !entry.expiry().isAfter(now));
    while (entries.size() >= countMax) {
      entries.pollFirstEntry();
    }
    var bytes = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(bytes);
    var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    entries.put(token, new Entry<>(value, now.plus(lifetime)));
    return token;
  }

  /** Returns the value of a text without using it; empty if it is unknown, used or expired. */
  synchronized Optional<V> find(String token) {
    return Optional.ofNullable(entries.get(token)).flatMap(this::unexpired);
  }

  /** Returns the value of a text, and makes the text unusable; empty as {@link #find} is. */
  synchronized Optional<V> take(String token) {
    return Optional.ofNullable(entries.remove(token)).flatMap(this::unexpired);
  }

  private Optional<V> unexpired(Entry<V> entry) {
    return entry.expiry().isAfter(clock.instant()) ? Optional.of(entry.value()) : Optional.empty();
  }
}
