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
import io.storageconnections.application.port.TokenVerifier.Reason;
import io.storageconnections.application.port.TokenVerifier.Verification;
import io.storageconnections.application.port.TokenVerifier.Verification.Accepted;
import io.storageconnections.application.port.TokenVerifier.Verification.Rejected;
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

/** When the issuer is asked for its keys, and what becomes of tokens when it does not answer. */
@Timeout(300)
class IssuerKeysTest {

  private static final Verification GOOD = new Accepted(new Caller("client"));
  private static final Verification INVALID = new Rejected(Reason.INVALID);

  private final AtomicInteger tokens = new AtomicInteger();
  private final SettableClock clock = new SettableClock();
  private final LoopbackIssuer issuer = new LoopbackIssuer(RSA);
  private final JwtTokenVerifier verifier =
      JwtTokenVerifier.forIssuer(issuer.url(), null, clock, LoopbackIssuer.reader());

  @AfterEach
  void close() {
    verifier.close();
    issuer.close();
  }

  @Test
  void the_issuer_is_not_asked_before_the_first_token() {
    assertThat(issuer.descriptionsRead).hasValue(0);
    assertThat(verify(RSA)).isEqualTo(GOOD);
    assertThat(issuer.descriptionsRead).hasValue(1);
    assertThat(issuer.keysRead).hasValue(1);
  }

  @Test
  void keys_are_read_once_for_many_tokens() {
    for (var i = 0; i < 100; i++) {
      assertThat(verify(RSA)).isEqualTo(GOOD);
    }
    assertThat(issuer.keysRead).hasValue(1);
  }

  @Test
  void keys_are_read_again_when_they_are_old() {
    assertThat(verify(RSA)).isEqualTo(GOOD);
    clock.advance(CachedIssuerKeys.KEPT_FOR.plusSeconds(1));
    assertThat(verify(RSA)).isEqualTo(GOOD);
    assertThat(issuer.keysRead).hasValue(2);
  }

  @Test
  void keys_in_use_are_read_again_before_they_are_old_without_a_request_waiting() throws Exception {
    assertThat(verify(RSA)).isEqualTo(GOOD);
    issuer.gate = new CountDownLatch(1);
    clock.advance(CachedIssuerKeys.KEPT_FOR.minusSeconds(10));
    // The issuer does not answer this reading, and yet the token is judged.
    assertThat(verify(RSA)).isEqualTo(GOOD);
    while (issuer.descriptionsRead.get() < 2) {
      Thread.sleep(5);
    }
    assertThat(verify(RSA)).isEqualTo(GOOD);
  }

  @Test
  void a_withdrawn_key_is_refused_once_the_keys_were_read_again() {
    assertThat(verify(RSA)).isEqualTo(GOOD);
    issuer.publish(OTHER_RSA);
    clock.advance(CachedIssuerKeys.KEPT_FOR.plusSeconds(1));
    assertThat(verify(RSA)).isEqualTo(INVALID);
    assertThat(verify(OTHER_RSA)).isEqualTo(GOOD);
  }

  @Test
  void a_token_known_as_good_is_refused_soon_after_its_key_was_dropped() {
    var token = TestKeys.sign(claims(), RSA);
    assertThat(verifier.verify(token)).isEqualTo(GOOD);
    issuer.publish(OTHER_RSA);
    // The new key has the keys read again, so that RSA is gone.
    assertThat(verify(OTHER_RSA)).isEqualTo(GOOD);
    assertThat(verify(RSA)).isEqualTo(INVALID);
    clock.advance(VerifiedTokenCache.USED_FOR.minusMillis(1));
    assertThat(verifier.verify(token)).isEqualTo(GOOD);
    clock.advance(Duration.ofMillis(1));
    assertThat(verifier.verify(token)).isEqualTo(INVALID);
  }

  @Test
  void a_token_known_as_good_is_refused_soon_after_its_key_was_exchanged_under_the_same_id() {
    var token = TestKeys.sign(claims(), RSA);
    var exchanged = new RSAKey.Builder(OTHER_RSA).keyID(RSA.getKeyID()).build();
    assertThat(verifier.verify(token)).isEqualTo(GOOD);
    issuer.publish(exchanged);
    assertThat(verify(unknown(1))).isEqualTo(INVALID);
    assertThat(verify(exchanged)).isEqualTo(GOOD);
    clock.advance(VerifiedTokenCache.USED_FOR);
    assertThat(verifier.verify(token)).isEqualTo(INVALID);
  }

  @Test
  void a_token_in_constant_use_is_refused_at_most_so_long_after_its_key_was_withdrawn() {
    // The worst case: the key goes just after it was read, and the token is judged with it once
    // more at the last moment.
    var token = TestKeys.sign(claims(), RSA);
    assertThat(verifier.verify(token)).isEqualTo(GOOD);
    issuer.publish(OTHER_RSA);
    clock.advance(CachedIssuerKeys.KEPT_FOR.minusMillis(1));
    assertThat(verifier.verify(token)).isEqualTo(GOOD);
    clock.advance(VerifiedTokenCache.USED_FOR);
    assertThat(verifier.verify(token)).isEqualTo(INVALID);
  }

  @Test
  void one_token_in_constant_use_has_the_keys_read_before_they_are_old() throws Exception {
    var token = TestKeys.sign(claims(), RSA);
    var end = clock.instant().plus(CachedIssuerKeys.KEPT_FOR);
    while (clock.instant().isBefore(end)) {
      assertThat(verifier.verify(token)).isEqualTo(GOOD);
      clock.advance(Duration.ofSeconds(1));
    }
    while (issuer.keysRead.get() < 2) {
      Thread.sleep(5);
    }
  }

  @Test
  void a_new_key_is_accepted_at_once_when_nobody_asked_lately() {
    assertThat(verify(RSA)).isEqualTo(GOOD);
    clock.advance(Duration.ofSeconds(31));
    issuer.publish(RSA, OTHER_RSA);
    assertThat(verify(OTHER_RSA)).isEqualTo(GOOD);
    assertThat(verify(RSA)).isEqualTo(GOOD);
  }

  @Test
  void a_new_key_without_an_id_is_accepted_too() {
    var noId = new JWSHeader.Builder(JWSAlgorithm.RS256).build();
    var nameless = new RSAKey.Builder(RSA).keyID(null).build();
    var otherNameless = new RSAKey.Builder(OTHER_RSA).keyID(null).build();
    issuer.publish(nameless);
    var claims = issuer.claims(clock).build();
    assertThat(verifier.verify(TestKeys.sign(noId, claims, nameless))).isEqualTo(GOOD);
    clock.advance(Duration.ofSeconds(31));
    issuer.publish(otherNameless);
    assertThat(verifier.verify(TestKeys.sign(noId, claims, otherNameless))).isEqualTo(GOOD);
  }

  @Test
  void unknown_key_ids_do_not_make_the_server_hammer_the_issuer() {
    assertThat(verify(RSA)).isEqualTo(GOOD);
    for (var i = 0; i < 200; i++) {
      assertThat(verify(unknown(i))).isEqualTo(INVALID);
      assertThat(verify(RSA)).isEqualTo(GOOD);
    }
    assertThat(issuer.keysRead).hasValueLessThanOrEqualTo(2);
    assertThat(issuer.descriptionsRead).hasValueLessThanOrEqualTo(2);
  }

  @Test
  void forged_tokens_without_a_key_id_do_not_make_the_server_hammer_the_issuer() {
    var noId = new JWSHeader.Builder(JWSAlgorithm.RS256).build();
    var forged = TestKeys.sign(noId, issuer.claims(clock).build(), OTHER_RSA);
    for (var i = 0; i < 200; i++) {
      assertThat(verifier.verify(forged)).isEqualTo(INVALID);
    }
    assertThat(issuer.keysRead).hasValueLessThanOrEqualTo(2);
  }

  @Test
  void unknown_key_ids_sent_by_many_at_once_do_not_either() throws Exception {
    var tokens =
        IntStream.range(0, 200).mapToObj(i -> TestKeys.sign(claims(), unknown(i))).toList();
    var outcomes = atOnce(200, number -> verifier.verify(tokens.get(number)));
    for (var outcome : outcomes) {
      assertThat(outcome.get()).isEqualTo(INVALID);
    }
    assertThat(issuer.keysRead).hasValueLessThanOrEqualTo(2);
  }

  @Test
  void a_new_key_is_accepted_within_a_minute_while_unknown_key_ids_keep_coming() {
    assertThat(verify(RSA)).isEqualTo(GOOD);
    for (var round = 0; round < 5; round++) {
      // The worst moment for a new key: strangers have just used up what may be read for now.
      var readBefore = issuer.keysRead.get();
      while (issuer.keysRead.get() == readBefore) {
        clock.advance(Duration.ofSeconds(1));
        sendUnknown();
      }
      var fresh = new RSAKey.Builder(OTHER_RSA).keyID("fresh-" + round).build();
      issuer.publish(RSA, fresh);
      var secondsWaited = 0;
      while (!verify(fresh).equals(GOOD)) {
        sendUnknown();
        clock.advance(Duration.ofSeconds(1));
        assertThat(++secondsWaited).isLessThanOrEqualTo(60);
      }
    }
    // Ten half minutes at most, of two readings each, and not one reading per token.
    assertThat(issuer.keysRead).hasValueLessThanOrEqualTo(22);
  }

  @Test
  void an_issuer_never_reached_is_unavailable_and_accepted_when_it_comes() {
    issuer.status = 500;
    assertUnavailable();
    issuer.status = 200;
    clock.advance(CachedIssuerKeys.LIMIT_INTERVAL);
    assertThat(verify(RSA)).isEqualTo(GOOD);
  }

  @Test
  void an_issuer_that_refuses_connections_is_unavailable() {
    var gone = issuer.url();
    issuer.close();
    try (var lonely = JwtTokenVerifier.forIssuer(gone, null, clock, LoopbackIssuer.reader())) {
      assertThatThrownBy(() -> lonely.verify(TestKeys.sign(claims(), RSA)))
          .isInstanceOf(IssuerUnavailableException.class)
          .hasCauseInstanceOf(Exception.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{}", "<html>", "{\"keys\":null}"})
  void an_issuer_whose_keys_are_rubbish_is_unavailable(String rubbish) {
    issuer.keys = rubbish;
    assertUnavailable();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://issuer.example", "", "http://127.0.0.1", "\",\"x\":\""})
  void an_issuer_that_describes_another_one_is_unavailable(String name) {
    issuer.name = name;
    assertUnavailable();
    assertThat(issuer.keysRead).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Linux takes it for loopback, so that nothing but our own check stands in the way.
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
  void keys_at_no_address_at_all_are_not_read() {
    issuer.keysAddress = "not a url";
    assertUnavailable();
  }

  @Test
  void keys_may_be_at_an_address_with_a_query() {
    issuer.keysAddress = issuer.url() + "/keys?policy=1";
    assertThat(verify(RSA)).isEqualTo(GOOD);
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
  void keys_may_be_at_an_address_that_answers_to_one_media_type_only(String mediaType) {
    issuer.keysTypeAccepted = mediaType;
    assertThat(verify(RSA)).isEqualTo(GOOD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "*/*"})
  void an_issuer_may_describe_itself_to_one_media_type_only(String mediaType) {
    issuer.descriptionTypeAccepted = mediaType;
    assertThat(verify(RSA)).isEqualTo(GOOD);
  }

  @Test
  void a_slash_at_the_end_of_the_configured_issuer_is_forgiven_but_not_in_tokens() {
    var slash = URI.create(issuer.url() + "/");
    try (var lenient = JwtTokenVerifier.forIssuer(slash, null, clock, LoopbackIssuer.reader())) {
      assertThat(lenient.verify(TestKeys.sign(claims(), RSA))).isEqualTo(GOOD);
      var other = issuer.claims(clock).issuer(slash.toString()).build();
      assertThat(lenient.verify(TestKeys.sign(other, RSA))).isEqualTo(INVALID);
    }
  }

  @Test
  void a_slash_at_the_end_of_the_issuers_own_name_is_forgiven_and_due_in_tokens() {
    issuer.name = issuer.url() + "/";
    assertThat(verify(RSA)).isEqualTo(GOOD);
    var other = issuer.claims(clock).issuer(issuer.url().toString()).build();
    assertThat(verifier.verify(TestKeys.sign(other, RSA))).isEqualTo(INVALID);
  }

  @Test
  void known_keys_serve_while_the_issuer_is_down_for_hours_and_not_for_ever() {
    var longLived = issuer.claims(clock).expirationTime(inADay()).build();
    var known = TestKeys.sign(longLived, RSA);
    assertThat(verifier.verify(known)).isEqualTo(GOOD);
    issuer.status = 500;
    var step = Duration.ofMinutes(10);
    var down = Duration.ZERO;
    while (down.plus(step).compareTo(CachedIssuerKeys.OUTAGE_MAX) < 0) {
      clock.advance(step);
      down = down.plus(step);
      assertThat(verify(RSA)).as("after %s", down).isEqualTo(GOOD);
      assertThat(verifier.verify(known)).as("after %s", down).isEqualTo(GOOD);
      assertThat(verify(unknown(1))).as("after %s", down).isEqualTo(INVALID);
    }
    clock.advance(step.multipliedBy(2));
    assertUnavailable();
    assertThatThrownBy(() -> verifier.verify(known)).isInstanceOf(IssuerUnavailableException.class);
    issuer.status = 200;
    clock.advance(CachedIssuerKeys.LIMIT_INTERVAL);
    assertThat(verify(RSA)).isEqualTo(GOOD);
  }

  @Test
  void known_keys_serve_while_the_issuer_tells_rubbish() {
    assertThat(verify(RSA)).isEqualTo(GOOD);
    issuer.keys = "rubbish";
    clock.advance(CachedIssuerKeys.KEPT_FOR.plusSeconds(1));
    assertThat(verify(RSA)).isEqualTo(GOOD);
    assertThat(issuer.keysRead).hasValue(2);
  }

  @Test
  void unknown_key_ids_during_an_outage_neither_hammer_the_issuer_nor_stop_good_tokens() {
    assertThat(verify(RSA)).isEqualTo(GOOD);
    issuer.status = 500;
    clock.advance(Duration.ofMinutes(1));
    for (var i = 0; i < 200; i++) {
      assertThat(verify(unknown(i))).isEqualTo(INVALID);
      assertThat(verify(RSA)).isEqualTo(GOOD);
    }
    assertThat(issuer.descriptionsRead).hasValueLessThanOrEqualTo(3);
  }

  @Test
  void an_issuer_that_is_down_is_not_hammered() {
    issuer.status = 500;
    for (var i = 0; i < 200; i++) {
      assertUnavailable();
    }
    assertThat(issuer.descriptionsRead).hasValueLessThanOrEqualTo(2);
  }

  @Test
  void many_requests_at_once_wait_for_at_most_two_readings() throws Exception {
    issuer.status = 500;
    var token = TestKeys.sign(claims(), RSA);
    for (var outcome : atOnce(100, number -> verifier.verify(token))) {
      assertThatThrownBy(outcome::get).hasCauseInstanceOf(IssuerUnavailableException.class);
    }
    assertThat(issuer.descriptionsRead).hasValueLessThanOrEqualTo(2);
  }

  @Test
  void many_first_requests_at_once_share_one_reading() throws Exception {
    var tokens = IntStream.range(0, 100).mapToObj(i -> TestKeys.sign(claims(), RSA)).toList();
    for (var outcome : atOnce(100, number -> verifier.verify(tokens.get(number)))) {
      assertThat(outcome.get()).isEqualTo(GOOD);
    }
    assertThat(issuer.keysRead).hasValue(1);
  }

  @Test
  void closing_ends_the_threads_that_read_ahead() throws Exception {
    var before = Thread.getAllStackTraces().keySet();
    var another = JwtTokenVerifier.forIssuer(issuer.url(), null, clock, LoopbackIssuer.reader());
    assertThat(another.verify(TestKeys.sign(claims(), RSA))).isEqualTo(GOOD);
    clock.advance(CachedIssuerKeys.KEPT_FOR.minusSeconds(10));
    assertThat(another.verify(TestKeys.sign(claims(), RSA))).isEqualTo(GOOD);
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

  /** Those of a token never seen before, for whose sake the keys are needed. */
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

  /** Each attempt in a thread of its own. The issuer does not answer before all threads wait. */
  private List<Future<Verification>> atOnce(int count, Attempt attempt) throws Exception {
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
