package io.storageconnections.adapter.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.storageconnections.application.port.TokenVerifier.Verification;
import io.storageconnections.application.port.TokenVerifier.Verification.Accepted;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/**
 * What was found of good tokens a moment ago, so that the requests that follow with the same token
 * need no signature verified. Thread-safe, without a thread of its own.
 *
 * <p>A verdict is used for {@link #USED_FOR} at most, and never when its token is no longer in
 * force. Then the token is judged anew, with the keys that are in force by then, also if another
 * key came under the same id. So nothing here has to know of keys: whatever keys {@link IssuerKeys}
 * has dropped are without effect that much later, and a token whose key left the issuer's key set
 * is refused after {@link IssuerKeys#KEPT_FOR} and {@link #USED_FOR} at the latest; those are 5
 * minutes and 15 seconds, if the issuer can be read. If it cannot, the keys known last serve on, as
 * they would without this class.
 *
 * <p>Two spellings cannot share a verdict. A good token is ASCII in its one spelling ({@link
 * CompactForm}), and a text with other characters never has the same bytes: what UTF-8 cannot
 * express becomes a question mark, which no token contains.
 *
 * <p>Tokens are known by their SHA-256. It costs a hundredth of verifying, what is kept opens no
 * door to whoever sees it, and no token can be guessed from how long a comparison takes.
 *
 * <p>Rejections are not kept: strangers can make as many bad tokens as they like, and would push
 * out the good ones. Those take {@link #MEMORY_MAX_BYTES} at most, room for some nine thousand;
 * when there are more, those that are rarely used are judged each time.
 */
final class VerifiedTokens {

  /**
   * Half the time that keys are read ahead. Whoever keeps sending a token has it judged anew in
   * that time, and it is judging that makes the keys be read before a request must wait for them.
   */
  static final Duration USED_FOR = IssuerKeys.READ_AHEAD.dividedBy(2);

  static final long MEMORY_MAX_BYTES = 4 * 1024 * 1024;

  /** Measured: what an entry takes besides the client's name. */
  private static final int ENTRY_BYTES = 400;

  private final Clock clock;

  // Nothing is swept out when its time is over: all is bounded, and what nobody uses goes first.
  private final Cache<ByteBuffer, Verdict> verdicts =
      Caffeine.newBuilder()
          .maximumWeight(MEMORY_MAX_BYTES)
          .weigher((ByteBuffer digest, Verdict verdict) -> verdict.sizeBytes())
          .executor(Runnable::run)
          .build();

  /**
   * No tokens yet.
   *
   * @param clock the one that {@code judge} goes by, too
   */
  VerifiedTokens(Clock clock) {
    this.clock = clock;
  }

  /**
   * What is to be thought of {@code token}.
   *
   * @param judge finds it out, if it was not found out a moment ago; what it throws is thrown on
   */
  Verification verify(String token, Function<String, Judgement> judge) {
    var digest = digest(token);
    // Read before the judge looks at keys, so that no verdict is taken for newer than it is.
    var now = clock.instant();
    var known = verdicts.getIfPresent(digest);
    if (known != null && known.holds(now)) {
      return known.accepted();
    }
    var judgement = judge.apply(token);
    if (judgement.verification() instanceof Accepted accepted) {
      verdicts.put(
          digest, new Verdict(accepted, now, earlier(now.plus(USED_FOR), judgement.end())));
    }
    return judgement.verification();
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
   * What a token was found to be.
   *
   * @param end the first moment at which it is not that any more; of no matter for rejected ones
   */
  record Judgement(Verification verification, Instant end) {}

  /**
   * A good token's verdict.
   *
   * @param begun when it was judged; before, should the clock be set back, the token may not have
   *     been in force yet
   * @param end the first moment at which the verdict is not used any more
   */
  private record Verdict(Accepted accepted, Instant begun, Instant end) {

    boolean holds(Instant now) {
      return !now.isBefore(begun) && now.isBefore(end);
    }

    int sizeBytes() {
      return ENTRY_BYTES + Character.BYTES * accepted.caller().client().length();
    }
  }
}
