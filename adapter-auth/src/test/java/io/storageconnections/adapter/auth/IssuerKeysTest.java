package io.storageconnections.adapter.auth;

import static io.storageconnections.adapter.auth.fixture.TestKeys.OTHER_RSA;
import static io.storageconnections.adapter.auth.fixture.TestKeys.RSA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import io.storageconnections.adapter.auth.fixture.SettableClock;
import io.storageconnections.adapter.auth.fixture.TestKeys;
import io.storageconnections.adapter.auth.issuer.CachedIssuerKeys;
import io.storageconnections.adapter.auth.issuer.LoopbackIssuer;
import io.storageconnections.adapter.auth.token.VerifiedTokenCache;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.IssuerUnavailableException;
import io.storageconnections.application.port.Verification;
import io.storageconnections.application.port.Verification.Accepted;
import io.storageconnections.application.port.Verification.Reason;
import io.storageconnections.application.port.Verification.Rejected;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the server reads the issuer's keys, and which tokens it accepts while it cannot. */
@Timeout(300)
class IssuerKeysTest {

  private static final Verification ACCEPTED = new Accepted(Caller.ofUser("client", "subject"));
  private static final Verification INVALID = new Rejected(Reason.INVALID);

  private final AtomicInteger tokens = new AtomicInteger();
  private final SettableClock clock = new SettableClock();
  private final LoopbackIssuer issuer = new LoopbackIssuer(RSA);
  private final JwtTokenVerifier verifier =
      JwtTokenVerifier.forIssuer(
          issuer.url(), null, TokenPolicy.NONE, clock, LoopbackIssuer.patientClient());

  @AfterEach
  void close() {
    verifier.close();
    issuer.close();
  }

  @Test
  void the_server_does_not_read_keys_before_the_first_token() {
    assertThat(issuer.discoveriesRead).hasValue(0);
    assertThat(verify(RSA)).isEqualTo(ACCEPTED);
    assertThat(issuer.discoveriesRead).hasValue(1);
    assertThat(issuer.keysRead).hasValue(1);
  }

  @Test
  void keys_are_read_once_for_many_tokens() {
    for (var i = 0; i < 100; i++) {
      assertThat(verify(RSA)).isEqualTo(ACCEPTED);
    }
    assertThat(issuer.keysRead).hasValue(1);
  }

  @Test
  void keys_are_read_again_after_the_cache_time() {
    assertThat(verify(RSA)).isEqualTo(ACCEPTED);
    clock.advance(CachedIssuerKeys.CACHE_TIME.plusSeconds(1));
    assertThat(verify(RSA)).isEqualTo(ACCEPTED);
    assertThat(issuer.keysRead).hasValue(2);
  }

  @Test
  void keys_in_use_are_refreshed_ahead_without_a_waiting_request() throws Exception {
    assertThat(verify(RSA)).isEqualTo(ACCEPTED);
    issuer.gate = new CountDownLatch(1);
    clock.advance(CachedIssuerKeys.CACHE_TIME.minusSeconds(10));
    // The issuer does not answer this reading, but the token is verified.
    assertThat(verify(RSA)).isEqualTo(ACCEPTED);
    while (issuer.discoveriesRead.get() < 2) {
      Thread.sleep(5);
    }
    assertThat(verify(RSA)).isEqualTo(ACCEPTED);
  }

  @Test
  void a_token_of_a_withdrawn_key_is_rejected_after_the_next_reading() {
    assertThat(verify(RSA)).isEqualTo(ACCEPTED);
    issuer.publish(OTHER_RSA);
    clock.advance(CachedIssuerKeys.CACHE_TIME.plusSeconds(1));
    assertThat(verify(RSA)).isEqualTo(INVALID);
    assertThat(verify(OTHER_RSA)).isEqualTo(ACCEPTED);
  }

  @Test
  void a_cached_token_is_rejected_soon_after_its_key_was_withdrawn() {
    var token = TestKeys.sign(claims(), RSA);
    assertThat(verifier.verify(token)).isEqualTo(ACCEPTED);
    issuer.publish(OTHER_RSA);
    // The unknown key makes the server read the keys again, so RSA is gone.
    assertThat(verify(OTHER_RSA)).isEqualTo(ACCEPTED);
    assertThat(verify(RSA)).isEqualTo(INVALID);
    clock.advance(VerifiedTokenCache.MAX_AGE.minusMillis(1));
    assertThat(verifier.verify(token)).isEqualTo(ACCEPTED);
    clock.advance(Duration.ofMillis(1));
    assertThat(verifier.verify(token)).isEqualTo(INVALID);
  }

  @Test
  void a_cached_token_is_rejected_soon_after_its_key_was_replaced_under_the_same_id() {
    var token = TestKeys.sign(claims(), RSA);
    var exchanged = new RSAKey.Builder(OTHER_RSA).keyID(RSA.getKeyID()).build();
    assertThat(verifier.verify(token)).isEqualTo(ACCEPTED);
    issuer.publish(exchanged);
    assertThat(verify(unknown(1))).isEqualTo(INVALID);
    assertThat(verify(exchanged)).isEqualTo(ACCEPTED);
    clock.advance(VerifiedTokenCache.MAX_AGE);
    assertThat(verifier.verify(token)).isEqualTo(INVALID);
  }

  @Test
  void a_token_in_constant_use_is_rejected_at_the_latest_after_cache_time_and_maximum_age() {
    // The worst case: the issuer withdraws the key just after the server has read it, and the
    // token is verified with it once more at the last moment.
    var token = TestKeys.sign(claims(), RSA);
    assertThat(verifier.verify(token)).isEqualTo(ACCEPTED);
    issuer.publish(OTHER_RSA);
    clock.advance(CachedIssuerKeys.CACHE_TIME.minusMillis(1));
    assertThat(verifier.verify(token)).isEqualTo(ACCEPTED);
    clock.advance(VerifiedTokenCache.MAX_AGE);
    assertThat(verifier.verify(token)).isEqualTo(INVALID);
  }

  @Test
  void one_token_in_constant_use_makes_the_server_refresh_the_keys_ahead() throws Exception {
    var token = TestKeys.sign(claims(), RSA);
    var end = clock.instant().plus(CachedIssuerKeys.CACHE_TIME);
    while (clock.instant().isBefore(end)) {
      assertThat(verifier.verify(token)).isEqualTo(ACCEPTED);
      clock.advance(Duration.ofSeconds(1));
    }
    while (issuer.keysRead.get() < 2) {
      Thread.sleep(5);
    }
  }

  @Test
  void a_new_key_is_accepted_at_once_if_the_rate_limit_is_not_reached() {
    assertThat(verify(RSA)).isEqualTo(ACCEPTED);
    clock.advance(Duration.ofSeconds(31));
    issuer.publish(RSA, OTHER_RSA);
    assertThat(verify(OTHER_RSA)).isEqualTo(ACCEPTED);
    assertThat(verify(RSA)).isEqualTo(ACCEPTED);
  }

  @Test
  void a_new_key_without_an_id_is_accepted_at_once() {
    var noId = new JWSHeader.Builder(JWSAlgorithm.RS256).build();
    var nameless = new RSAKey.Builder(RSA).keyID(null).build();
    var otherNameless = new RSAKey.Builder(OTHER_RSA).keyID(null).build();
    issuer.publish(nameless);
    var claims = issuer.claims(clock).build();
    assertThat(verifier.verify(TestKeys.sign(noId, claims, nameless))).isEqualTo(ACCEPTED);
    clock.advance(Duration.ofSeconds(31));
    issuer.publish(otherNameless);
    assertThat(verifier.verify(TestKeys.sign(noId, claims, otherNameless))).isEqualTo(ACCEPTED);
  }

  @Test
  void unknown_key_ids_do_not_make_the_server_flood_the_issuer() {
    assertThat(verify(RSA)).isEqualTo(ACCEPTED);
    for (var i = 0; i < 200; i++) {
      assertThat(verify(unknown(i))).isEqualTo(INVALID);
      assertThat(verify(RSA)).isEqualTo(ACCEPTED);
    }
    assertThat(issuer.keysRead).hasValueLessThanOrEqualTo(2);
    assertThat(issuer.discoveriesRead).hasValueLessThanOrEqualTo(2);
  }

  @Test
  void forged_tokens_without_a_key_id_do_not_make_the_server_flood_the_issuer() {
    var noId = new JWSHeader.Builder(JWSAlgorithm.RS256).build();
    var forged = TestKeys.sign(noId, issuer.claims(clock).build(), OTHER_RSA);
    for (var i = 0; i < 200; i++) {
      assertThat(verifier.verify(forged)).isEqualTo(INVALID);
    }
    assertThat(issuer.keysRead).hasValueLessThanOrEqualTo(2);
  }

  @Test
  void concurrent_unknown_key_ids_do_not_make_the_server_flood_the_issuer() throws Exception {
    var tokens =
        IntStream.range(0, 200).mapToObj(i -> TestKeys.sign(claims(), unknown(i))).toList();
    var outcomes = concurrently(200, number -> verifier.verify(tokens.get(number)));
    for (var outcome : outcomes) {
      assertThat(outcome.get()).isEqualTo(INVALID);
    }
    assertThat(issuer.keysRead).hasValueLessThanOrEqualTo(2);
  }

  @Test
  void a_new_key_is_accepted_within_a_minute_while_unknown_key_ids_keep_coming() {
    assertThat(verify(RSA)).isEqualTo(ACCEPTED);
    for (var round = 0; round < 5; round++) {
      // The worst moment for a new key: unknown key ids have just used up the rate limit.
      var readBefore = issuer.keysRead.get();
      while (issuer.keysRead.get() == readBefore) {
        clock.advance(Duration.ofSeconds(1));
        sendUnknown();
      }
      var fresh = new RSAKey.Builder(OTHER_RSA).keyID("fresh-" + round).build();
      issuer.publish(RSA, fresh);
      var secondsWaited = 0;
      while (!verify(fresh).equals(ACCEPTED)) {
        sendUnknown();
        clock.advance(Duration.ofSeconds(1));
        assertThat(++secondsWaited).isLessThanOrEqualTo(60);
      }
    }
    // At most ten intervals of 30 seconds, of two readings each, and not one reading per token.
    assertThat(issuer.keysRead).hasValueLessThanOrEqualTo(22);
  }

  @Test
  void an_issuer_that_was_never_read_is_unavailable_until_it_answers() {
    issuer.status = 500;
    assertUnavailable();
    issuer.status = 200;
    clock.advance(CachedIssuerKeys.RATE_LIMIT_INTERVAL);
    assertThat(verify(RSA)).isEqualTo(ACCEPTED);
  }

  @Test
  void an_issuer_that_refuses_connections_is_unavailable() {
    var gone = issuer.url();
    issuer.close();
    try (var verifier =
        JwtTokenVerifier.forIssuer(
            gone, null, TokenPolicy.NONE, clock, LoopbackIssuer.patientClient())) {
      assertThatThrownBy(() -> verifier.verify(TestKeys.sign(claims(), RSA)))
          .isInstanceOf(IssuerUnavailableException.class)
          .hasCauseInstanceOf(Exception.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{}", "<html>", "{\"keys\":null}"})
  void an_issuer_with_malformed_keys_is_unavailable(String malformed) {
    issuer.keys = malformed;
    assertUnavailable();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://issuer.example", "", "http://127.0.0.1", "\",\"x\":\""})
  void an_issuer_whose_discovery_document_names_another_issuer_is_unavailable(String name) {
    issuer.name = name;
    assertUnavailable();
    assertThat(issuer.keysRead).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Linux treats it as loopback, so only the check of the address prevents the reading.
        "http://0.0.0.0:PORT/keys",
        "http://user@127.0.0.1:PORT/keys",
        "http://127.0.0.1:PORT/keys#a",
        "http://192.0.2.1/keys",
        "http://issuer.example/keys",
        "http://localhost.issuer.example/keys",
        "file:///etc/hostname",
        "/keys",
        ""
      })
  void keys_at_an_unsafe_address_are_not_read(String address) {
    issuer.keysAddress = address.replace("PORT", String.valueOf(issuer.url().getPort()));
    assertThatThrownBy(() -> verify(RSA))
        .isInstanceOf(IssuerUnavailableException.class)
        .rootCause()
        .hasMessageContaining("the jwks_uri in")
        .hasMessageContaining("must");
    assertThat(issuer.keysRead).hasValue(0);
  }

  @Test
  void an_address_of_the_keys_that_is_not_a_url_makes_the_issuer_unavailable() {
    issuer.keysAddress = "not a url";
    assertUnavailable();
  }

  @Test
  void keys_may_be_at_an_address_with_a_query() {
    issuer.keysAddress = issuer.url() + "/keys?policy=1";
    assertThat(verify(RSA)).isEqualTo(ACCEPTED);
  }

  @Test
  void redirects_are_not_followed() {
    issuer.serve(
        "/moved",
        exchange -> {
          exchange.getResponseHeaders().add("Location", issuer.url() + "/keys");
          exchange.sendResponseHeaders(302, -1);
        });
    issuer.keysAddress = issuer.url() + "/moved";
    assertUnavailable();
    assertThat(issuer.keysRead).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/jwk-set+json", "application/json", "*/*"})
  void the_keys_may_be_served_for_one_media_type_only(String mediaType) {
    issuer.keysTypeAccepted = mediaType;
    assertThat(verify(RSA)).isEqualTo(ACCEPTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "*/*"})
  void the_discovery_document_may_be_served_for_one_media_type_only(String mediaType) {
    issuer.discoveryTypeAccepted = mediaType;
    assertThat(verify(RSA)).isEqualTo(ACCEPTED);
  }

  @Test
  void a_trailing_slash_of_the_configured_issuer_is_ignored_but_not_one_in_a_token() {
    var slash = URI.create(issuer.url() + "/");
    try (var verifier =
        JwtTokenVerifier.forIssuer(
            slash, null, TokenPolicy.NONE, clock, LoopbackIssuer.patientClient())) {
      assertThat(verifier.verify(TestKeys.sign(claims(), RSA))).isEqualTo(ACCEPTED);
      var other = issuer.claims(clock).issuer(slash.toString()).build();
      assertThat(verifier.verify(TestKeys.sign(other, RSA))).isEqualTo(INVALID);
    }
  }

  @Test
  void a_trailing_slash_of_the_issuers_own_name_is_required_in_tokens() {
    issuer.name = issuer.url() + "/";
    assertThat(verify(RSA)).isEqualTo(ACCEPTED);
    var other = issuer.claims(clock).issuer(issuer.url().toString()).build();
    assertThat(verifier.verify(TestKeys.sign(other, RSA))).isEqualTo(INVALID);
  }

  @Test
  void cached_keys_are_used_for_hours_while_the_issuer_is_down_but_not_forever() {
    var longLived = issuer.claims(clock).expirationTime(inADay()).build();
    var known = TestKeys.sign(longLived, RSA);
    assertThat(verifier.verify(known)).isEqualTo(ACCEPTED);
    issuer.status = 500;
    var step = Duration.ofMinutes(10);
    var down = Duration.ZERO;
    while (down.plus(step).compareTo(CachedIssuerKeys.OUTAGE_TOLERANCE) < 0) {
      clock.advance(step);
      down = down.plus(step);
      assertThat(verify(RSA)).as("after %s", down).isEqualTo(ACCEPTED);
      assertThat(verifier.verify(known)).as("after %s", down).isEqualTo(ACCEPTED);
      assertThat(verify(unknown(1))).as("after %s", down).isEqualTo(INVALID);
    }
    assertThat(verifier.keyState()).isEqualTo(KeyState.STALE);
    clock.advance(step.multipliedBy(2));
    assertUnavailable();
    assertThat(verifier.keyState()).isEqualTo(KeyState.UNAVAILABLE);
    assertThatThrownBy(() -> verifier.verify(known)).isInstanceOf(IssuerUnavailableException.class);
    issuer.status = 200;
    clock.advance(CachedIssuerKeys.RATE_LIMIT_INTERVAL);
    assertThat(verify(RSA)).isEqualTo(ACCEPTED);
    assertThat(verifier.keyState()).isEqualTo(KeyState.READ);
  }

  @Test
  void cached_keys_are_used_while_the_issuer_answers_with_malformed_keys() {
    assertThat(verify(RSA)).isEqualTo(ACCEPTED);
    issuer.keys = "malformed";
    clock.advance(CachedIssuerKeys.CACHE_TIME.plusSeconds(1));
    assertThat(verify(RSA)).isEqualTo(ACCEPTED);
    assertThat(issuer.keysRead).hasValue(2);
  }

  @Test
  void unknown_key_ids_during_an_outage_neither_flood_the_issuer_nor_block_valid_tokens() {
    assertThat(verify(RSA)).isEqualTo(ACCEPTED);
    issuer.status = 500;
    clock.advance(Duration.ofMinutes(1));
    for (var i = 0; i < 200; i++) {
      assertThat(verify(unknown(i))).isEqualTo(INVALID);
      assertThat(verify(RSA)).isEqualTo(ACCEPTED);
    }
    assertThat(issuer.discoveriesRead).hasValueLessThanOrEqualTo(3);
  }

  @Test
  void an_issuer_that_is_down_is_not_flooded() {
    issuer.status = 500;
    for (var i = 0; i < 200; i++) {
      assertUnavailable();
    }
    assertThat(issuer.discoveriesRead).hasValueLessThanOrEqualTo(2);
  }

  @Test
  void concurrent_requests_wait_for_at_most_two_readings() throws Exception {
    issuer.status = 500;
    var token = TestKeys.sign(claims(), RSA);
    for (var outcome : concurrently(100, number -> verifier.verify(token))) {
      assertThatThrownBy(outcome::get).hasCauseInstanceOf(IssuerUnavailableException.class);
    }
    assertThat(issuer.discoveriesRead).hasValueLessThanOrEqualTo(2);
  }

  @Test
  void concurrent_first_requests_share_one_reading() throws Exception {
    var tokens = IntStream.range(0, 100).mapToObj(i -> TestKeys.sign(claims(), RSA)).toList();
    for (var outcome : concurrently(100, number -> verifier.verify(tokens.get(number)))) {
      assertThat(outcome.get()).isEqualTo(ACCEPTED);
    }
    assertThat(issuer.keysRead).hasValue(1);
  }

  @Test
  void closing_ends_the_threads_that_refresh_keys() throws Exception {
    var before = Thread.getAllStackTraces().keySet();
    var another =
        JwtTokenVerifier.forIssuer(
            issuer.url(), null, TokenPolicy.NONE, clock, LoopbackIssuer.patientClient());
    assertThat(another.verify(TestKeys.sign(claims(), RSA))).isEqualTo(ACCEPTED);
    clock.advance(CachedIssuerKeys.CACHE_TIME.minusSeconds(10));
    assertThat(another.verify(TestKeys.sign(claims(), RSA))).isEqualTo(ACCEPTED);
    var started = new ArrayList<>(Thread.getAllStackTraces().keySet());
    started.removeAll(before);
    started.removeIf(thread -> !thread.getName().matches("issuer-keys|HttpClient-.*"));
    assertThat(started).extracting(Thread::getName).contains("issuer-keys");
    another.close();
    another.close();
    for (var thread : started) {
      thread.join(Duration.ofSeconds(30));
      assertThat(thread.isAlive()).as(thread.getName()).isFalse();
    }
  }

  private Verification verify(RSAKey key) {
    return verifier.verify(TestKeys.sign(claims(), key));
  }

  private void sendUnknown() {
    for (var i = 0; i < 5; i++) {
      assertThat(verify(unknown(i))).isEqualTo(INVALID);
    }
  }

  /** Returns the claims of a new token, which is not in the cache of verified tokens. */
  private JWTClaimsSet claims() {
    return issuer.claims(clock).jwtID("token-" + tokens.incrementAndGet()).build();
  }

  private Date inADay() {
    return Date.from(clock.instant().plus(Duration.ofDays(1)));
  }

  private void assertUnavailable() {
    assertThatThrownBy(() -> verify(RSA)).isInstanceOf(IssuerUnavailableException.class);
  }

  private static RSAKey unknown(int number) {
    return new RSAKey.Builder(OTHER_RSA).keyID("unknown-" + number).build();
  }

  private interface Attempt {
    Verification run(int number);
  }

  /** Runs each attempt in its own thread. The issuer answers only when all threads wait. */
  private List<Future<Verification>> concurrently(int count, Attempt attempt) throws Exception {
    issuer.gate = new CountDownLatch(1);
    var outcomes = new ArrayList<Future<Verification>>();
    var threads = new ArrayList<Thread>();
    for (var i = 0; i < count; i++) {
      var number = i;
      var outcome = new FutureTask<>(() -> attempt.run(number));
      outcomes.add(outcome);
      threads.add(Thread.ofVirtual().start(outcome));
    }
    while (!threads.stream().allMatch(IssuerKeysTest::waits)) {
      Thread.sleep(5);
    }
    issuer.gate.countDown();
    return outcomes;
  }

  private static boolean waits(Thread thread) {
    return switch (thread.getState()) {
      case BLOCKED, WAITING, TIMED_WAITING, TERMINATED -> true;
      case NEW, RUNNABLE -> false;
    };
  }
}
