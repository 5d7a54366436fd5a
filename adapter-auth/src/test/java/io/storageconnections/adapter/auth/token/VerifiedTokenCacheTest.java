package io.storageconnections.adapter.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.storageconnections.adapter.auth.fixture.SettableClock;
import io.storageconnections.adapter.auth.token.VerifiedTokenCache.Judgement;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.IssuerUnavailableException;
import io.storageconnections.application.port.TokenVerifier.Reason;
import io.storageconnections.application.port.TokenVerifier.Verification;
import io.storageconnections.application.port.TokenVerifier.Verification.Accepted;
import io.storageconnections.application.port.TokenVerifier.Verification.Rejected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a token is judged, by a judge that counts and takes each token for its client's name. */
class VerifiedTokenCacheTest {

  private final SettableClock clock = new SettableClock();
  private final VerifiedTokenCache tokens = new VerifiedTokenCache(clock);
  private final AtomicInteger judged = new AtomicInteger();

  @Test
  void a_good_token_is_judged_once_for_a_while() {
    assertJudged("token", 1);
    clock.advance(VerifiedTokenCache.USED_FOR.minusNanos(1));
    assertJudged("token", 1);
    clock.advance(Duration.ofNanos(1));
    assertJudged("token", 2);
  }

  @Test
  void use_does_not_make_a_verdict_last_longer() {
    assertJudged("token", 1);
    for (var i = 0; i < 14; i++) {
      clock.advance(Duration.ofSeconds(1));
      assertJudged("token", 1);
    }
    clock.advance(Duration.ofSeconds(1));
    assertJudged("token", 2);
  }

  @Test
  void a_verdict_is_as_old_as_the_keys_that_its_judge_began_with() {
    tokens.verify(
        "token",
        token -> {
          clock.advance(VerifiedTokenCache.USED_FOR);
          return good(token);
        });
    assertJudged("token", 1);
  }

  @Test
  void a_verdict_ends_with_its_token() {
    var end = clock.instant().plusSeconds(5);
    tokens.verify("token", token -> new Judgement(new Accepted(new Caller(token)), end));
    clock.advance(Duration.ofSeconds(5).minusNanos(1));
    assertJudged("token", 0);
    clock.advance(Duration.ofNanos(1));
    assertJudged("token", 1);
  }

  @Test
  void a_verdict_does_not_hold_before_it_was_made() {
    assertJudged("token", 1);
    clock.advance(Duration.ofNanos(-1));
    assertJudged("token", 2);
    assertJudged("token", 2);
  }

  @Test
  void each_token_is_judged_for_itself() {
    assertJudged("token", 1);
    assertJudged("Token", 2);
    assertJudged("token ", 3);
    assertJudged("", 4);
    assertJudged("tok\u00e9n", 5);
    assertJudged("tok?n", 6);
  }

  @ParameterizedTest
  @EnumSource
  void a_rejected_token_is_judged_each_time(Reason reason) {
    for (var i = 1; i <= 3; i++) {
      assertThat(reject("token", reason)).isEqualTo(new Rejected(reason));
      assertThat(judged).hasValue(i);
    }
  }

  @Test
  void no_number_of_rejected_tokens_pushes_out_a_good_one() {
    assertJudged("token", 1);
    for (var i = 0; i < 50_000; i++) {
      reject("rejected " + i, Reason.INVALID);
    }
    assertThat(judged).hasValue(50_001);
    assertJudged("token", 50_001);
  }

  @Test
  void a_judge_who_fails_leaves_nothing_behind() {
    assertThatThrownBy(() ->
            tokens.verify(
                "token",
                token -> {
                  throw new IssuerUnavailableException("away", new IllegalStateException());
                }))
        .isInstanceOf(IssuerUnavailableException.class);
    assertJudged("token", 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 400, 4_000})
  void the_memory_is_bounded_whatever_the_tokens(int nameLength) {
    var count = 20_000;
    var padding = "\u20ac".repeat(nameLength - 10);
    for (var i = 0; i < count; i++) {
      verify(padding + i);
    }
    judged.set(0);
    for (var i = 0; i < count; i++) {
      reject(padding + i, Reason.INVALID);
    }
    var kept = (long) count - judged.get();
    assertThat(kept * nameLength * Character.BYTES)
        .isPositive()
        .isLessThanOrEqualTo(VerifiedTokenCache.MEMORY_MAX_BYTES);
    assertThat(kept).isLessThanOrEqualTo(10_000);
  }

  @Test
  void many_threads_each_get_the_verdict_on_their_own_token() throws Exception {
    var seed = 20261123L;
    var outcomes = new ArrayList<Future<Integer>>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var thread = 0; thread < 8; thread++) {
        var random = new Random(seed + thread);
        Callable<Integer> wrong =
            () ->
                (int)
                    IntStream.range(0, 5_000)
                        .mapToObj(i -> "token " + random.nextInt(200))
                        .filter(token -> !verify(token).equals(good(token).verification()))
                        .count();
        outcomes.add(threads.submit(wrong));
      }
    }
    for (var wrong : outcomes) {
      assertThat(wrong.get()).as("seed %s", seed).isZero();
    }
    assertThat(judged).hasValueBetween(200, 200 * 8);
  }

  private Verification verify(String token) {
    return tokens.verify(
        token,
        judging -> {
          judged.incrementAndGet();
          return good(judging);
        });
  }

  private Verification reject(String token, Reason reason) {
    return tokens.verify(
        token,
        judging -> {
          judged.incrementAndGet();
          return new Judgement(new Rejected(reason), clock.instant().plusSeconds(3600));
        });
  }

  private Judgement good(String token) {
    return new Judgement(new Accepted(new Caller(token)), clock.instant().plusSeconds(3600));
  }

  private void assertJudged(String token, int times) {
    assertThat(verify(token)).isEqualTo(good(token).verification());
    assertThat(judged).hasValue(times);
  }
}
