package io.storageconnections.adapter.auth.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.storageconnections.adapter.auth.issuer.CachedIssuerKeys;
import io.storageconnections.application.port.Verification;
import io.storageconnections.application.port.Verification.Accepted;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/**
 * A cache of accepted tokens, so that the server verifies the signature of a token once for many
 * requests. Thread-safe, without a thread of its own.
 *
 * <p>An entry is used for {@link #MAX_AGE} at most, and never after its token has expired. Then the
 * token is verified again, with the keys that are known by then, even if another key came under the
 * same id. So this class need not know about keys: a token whose key left the issuer's key set is
 * refused after {@link CachedIssuerKeys#CACHE_TIME} and {@link #MAX_AGE} at the latest, which are 5
 * minutes and 15 seconds, if the issuer can be read. If it cannot, the last keys stay in use, as
 * they would without this class.
 *
 * <p>Two tokens cannot share an entry. An accepted token is ASCII in its one spelling ({@link
 * CompactSerialization}), and a text with other characters never has the same bytes: UTF-8 replaces
 * a character that it cannot encode by a question mark, which no token contains.
 *
 * <p>The key of an entry is the SHA-256 digest of the token. It costs a hundredth of a signature
 * verification. The cache contains no tokens that a reader of a memory dump could use, and the time
 * of a comparison reveals no token.
 *
 * <p>Rejected tokens are not cached: callers can make any number of them, and would displace the
 * accepted ones. The cache takes {@link #MEMORY_MAX_BYTES} at most, enough for some seven thousand
 * tokens; if there are more, rarely used ones are verified each time.
 */
public final class VerifiedTokenCache {

  /**
   * The time after which a token is verified again. It is half the time of the refresh ahead: a
   * token in constant use is then verified within that time, and verifying makes the keys be
   * refreshed before a request must wait for them.
   */
  public static final Duration MAX_AGE = CachedIssuerKeys.REFRESH_AHEAD.dividedBy(2);

  static final long MEMORY_MAX_BYTES = 4 * 1024 * 1024;

  /** The measured size of an entry without the characters of the caller's names. */
  private static final int ENTRY_BYTES = 450;

  private final Clock clock;

  // Without a time to live, which would need a thread or work in requests: the memory is bounded,
  // and unused entries are evicted first.
  private final Cache<ByteBuffer, Entry> entries =
      Caffeine.newBuilder()
          .maximumWeight(MEMORY_MAX_BYTES)
          .weigher((ByteBuffer digest, Entry entry) -> entry.sizeBytes())
          .executor(Runnable::run)
          .build();

  /**
   * Makes an empty cache.
   *
   * @param clock the clock that the verifier of the tokens uses, too
   */
  public VerifiedTokenCache(Clock clock) {
    this.clock = clock;
  }

  /**
   * Returns the cached result for {@code token}, or verifies it.
   *
   * @param verifier verifies the token; an exception that it throws reaches the caller, and nothing
   *     is cached. Its result must not contain the token, because the cache keeps it
   */
  public Verification verify(String token, Function<String, Result> verifier) {
    var digest = digest(token);
    // Read before the verifier uses keys, so that no entry seems younger than its keys.
    var now = clock.instant();
    var cached = entries.getIfPresent(digest);
    if (cached != null && cached.isUsable(now)) {
      return cached.accepted();
    }
    var result = verifier.apply(token);
    if (result.verification() instanceof Accepted accepted) {
      entries.put(digest, new Entry(accepted, now, earlier(now.plus(MAX_AGE), result.expiry())));
    }
    return result.verification();
  }

  private static ByteBuffer digest(String token) {
    try {
      var bytes = token.getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /**
   * The result of the verification of a token.
   *
   * @param expiry the first moment at which the result does not hold any more; ignored if the token
   *     is rejected
   */
  public record Result(Verification verification, Instant expiry) {}

  /**
   * An accepted token.
   *
   * @param begin the time of the verification. If the clock is set back before it, the token may
   *     not be in force yet
   * @param end the first moment at which the entry is not used any more
   */
  private record Entry(Accepted accepted, Instant begin, Instant end) {

    boolean isUsable(Instant now) {
      return !now.isBefore(begin) && now.isBefore(end);
    }

    int sizeBytes() {
      var caller = accepted.caller();
      return ENTRY_BYTES + Character.BYTES * (caller.client().length() + caller.subject().length());
    }
  }
}
