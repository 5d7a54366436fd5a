package io.storageconnections.adapter.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.storageconnections.adapter.auth.fixture.SettableClock;
import io.storageconnections.adapter.auth.token.VerifiedTokenCache.Result;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.IssuerUnavailableException;
import io.storageconnections.application.port.Verification;
import io.storageconnections.application.port.Verification.Accepted;
import io.storageconnections.application.port.Verification.Reason;
import io.storageconnections.application.port.Verification.Rejected;
import java.time.Duration;
import java.time.Instant;
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

/** Uses a verifier that counts its calls and names a different client for each token. */
class VerifiedTokenCacheTest {

  private final SettableClock clock = new SettableClock();
  private final VerifiedTokenCache cache = new VerifiedTokenCache(clock);
  private final AtomicInteger verifications = new AtomicInteger();

  @Test
  void an_accepted_token_is_not_verified_again_for_a_while() {
    assertVerified("token", 1);
    clock.advance(VerifiedTokenCache.MAX_AGE.minusNanos(1));
    assertVerified("token", 1);
    clock.advance(Duration.ofNanos(1));
    assertVerified("token", 2);
  }

  @Test
  void use_does_not_prolong_an_entry() {
    assertVerified("token", 1);
    for (var i = 0; i < 14; i++) {
      clock.advance(Duration.ofSeconds(1));
      assertVerified("token", 1);
    }
    clock.advance(Duration.ofSeconds(1));
    assertVerified("token", 2);
  }

  @Test
  void the_age_of_an_entry_counts_from_the_start_of_the_verification() {
    cache.verify(
        "token",
        token -> {
          clock.advance(VerifiedTokenCache.MAX_AGE);
          return accepted(token);
        });
    assertVerified("token", 1);
  }

  @Test
  void an_entry_ends_with_its_token() {
    var end = clock.instant().plusSeconds(5);
    cache.verify("token", token -> accepted(token, end));
    clock.advance(Duration.ofSeconds(5).minusNanos(1));
    assertVerified("token", 0);
    clock.advance(Duration.ofNanos(1));
    assertVerified("token", 1);
  }

  @Test
  void an_entry_is_not_used_before_its_verification_if_the_clock_is_set_back() {
    assertVerified("token", 1);
    clock.advance(Duration.ofNanos(-1));
    assertVerified("token", 2);
    assertVerified("token", 2);
  }

  @Test
  void similar_tokens_do_not_share_an_entry() {
    assertVerified("token", 1);
    assertVerified("Token", 2);
    assertVerified("token ", 3);
    assertVerified("", 4);
    assertVerified("tok\u00e9n", 5);
    assertVerified("tok?n", 6);
  }

  @ParameterizedTest
  @EnumSource
  void a_rejected_token_is_verified_each_time(Reason reason) {
    for (var i = 1; i <= 3; i++) {
      assertThat(reject("token", reason)).isEqualTo(new Rejected(reason));
      assertThat(verifications).hasValue(i);
    }
  }

  @Test
  void rejected_tokens_do_not_displace_an_accepted_one() {
    assertVerified("token", 1);
    for (var i = 0; i < 50_000; i++) {
      reject("rejected " + i, Reason.INVALID);
    }
    assertThat(verifications).hasValue(50_001);
    assertVerified("token", 50_001);
  }

  @Test
  void a_verification_that_throws_is_not_cached() {
    assertThatThrownBy(() ->
            cache.verify(
                "token",
                token -> {
                  throw new IssuerUnavailableException("away", new IllegalStateException());
                }))
        .isInstanceOf(IssuerUnavailableException.class);
    assertVerified("token", 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 400, 4_000})
  void the_memory_is_bounded(int nameLength) {
    var count = 20_000;
    var padding = "\u20ac".repeat(nameLength - 10);
    for (var i = 0; i < count; i++) {
      verify(padding + i);
    }
    verifications.set(0);
    for (var i = 0; i < count; i++) {
      reject(padding + i, Reason.INVALID);
    }
    var kept = (long) count - verifications.get();
    assertThat(kept * nameLength * Character.BYTES)
        .isPositive()
        .isLessThanOrEqualTo(VerifiedTokenCache.MEMORY_MAX_BYTES);
    assertThat(kept).isLessThanOrEqualTo(10_000);
  }

  @Test
  void concurrent_threads_each_get_the_result_for_their_own_token() throws Exception {
    var seed = 20261123L;
    var futures = new ArrayList<Future<Integer>>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var thread = 0; thread < 8; thread++) {
        var random = new Random(seed + thread);
        Callable<Integer> wrong =
            () ->
                (int)
                    IntStream.range(0, 5_000)
                        .mapToObj(i -> "token " + random.nextInt(200))
                        .filter(token -> !verify(token).equals(accepted(token).verification()))
                        .count();
        futures.add(threads.submit(wrong));
      }
    }
    for (var wrong : futures) {
      assertThat(wrong.get()).as("seed %s", seed).isZero();
    }
    assertThat(verifications).hasValueBetween(200, 200 * 8);
  }

  private Verification verify(String token) {
    return cache.verify(
        token,
        verifying -> {
          verifications.incrementAndGet();
          return accepted(verifying);
        });
  }

  private Verification reject(String token, Reason reason) {
    return cache.verify(
        token,
        verifying -> {
          verifications.incrementAndGet();
          return new Result(new Rejected(reason), clock.instant().plusSeconds(3600));
        });
  }

  private Result accepted(String token) {
    return accepted(token, clock.instant().plusSeconds(3600));
  }

  private static Result accepted(String token, Instant expiry) {
    return new Result(new Accepted(Caller.ofClient("client of " + token)), expiry);
  }

  private void assertVerified(String token, int times) {
    assertThat(verify(token)).isEqualTo(accepted(token).verification());
    assertThat(verifications).hasValue(times);
  }
}
