package io.storageconnections.adapter.auth;

import static io.storageconnections.adapter.auth.fixture.TestKeys.OTHER_RSA;
import static io.storageconnections.adapter.auth.fixture.TestKeys.P256;
import static io.storageconnections.adapter.auth.fixture.TestKeys.RSA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.storageconnections.adapter.auth.fixture.LogCapture;
import io.storageconnections.adapter.auth.fixture.SettableClock;
import io.storageconnections.adapter.auth.fixture.TestKeys;
import io.storageconnections.adapter.auth.issuer.CachedIssuerKeys;
import io.storageconnections.adapter.auth.issuer.LoopbackIssuer;
import io.storageconnections.adapter.auth.issuer.SkippedKeyLog;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.IssuerUnavailableException;
import io.storageconnections.application.port.Verification;
import io.storageconnections.application.port.Verification.Accepted;
import io.storageconnections.application.port.Verification.Reason;
import io.storageconnections.application.port.Verification.Rejected;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A key that cannot be used does not affect the keys beside it (RFC 7517, section 5). */
@Timeout(300)
class UnusableKeysTest {

  private static final Verification ACCEPTED = new Accepted(Caller.ofUser("client", "subject"));
  private static final Verification INVALID = new Rejected(Reason.INVALID);
  private static final String UNUSABLE_RSA = "'kty':'RSA','kid':'unusable','n':'N','e':'AQAB'";

  private final AtomicInteger tokens = new AtomicInteger();
  private final SettableClock clock = new SettableClock();
  private final LoopbackIssuer issuer = new LoopbackIssuer(RSA);
  private final JwtTokenVerifier verifier =
      JwtTokenVerifier.forIssuer(
          issuer.url(), null, TokenPolicy.NONE, clock, LoopbackIssuer.patientClient());
  private final LogCapture log = new LogCapture(Level.WARN);

  @AfterEach
  void close() {
    verifier.close();
    issuer.close();
    log.close();
  }

  static Stream<Arguments> unusableKeys() {
    return Stream.of(
        unusable(
            "key_ops without verify", "{" + UNUSABLE_RSA + ",'key_ops':['connect']}", "key_ops"),
        unusable(
            "key_ops for encryption", "{" + UNUSABLE_RSA + ",'key_ops':['encrypt']}", "key_ops"),
        unusable(
            "key_ops that is no array", "{" + UNUSABLE_RSA + ",'key_ops':'verify'}", "key_ops"),
        unusable("only x5c", "{'kty':'RSA','kid':'unusable','x5c':['MIIB']}", "modulus"),
        unusable("no exponent", "{'kty':'RSA','kid':'unusable','n':'N'}", "exponent"),
        unusable("exponent 1", "{'kty':'RSA','kid':'unusable','n':'N','e':'AQ'}", "exponent"),
        unusable(
            "a number for text", "{'kty':'RSA','kid':'unusable','n':7,'e':'AQAB'}", "member n"),
        unusable(
            "n not base64url", "{'kty':'RSA','kid':'unusable','n':'a*b%','e':'AQAB'}", "n is not"),
        unusable("n empty", "{'kty':'RSA','kid':'unusable','n':'','e':'AQAB'}", "n is not"),
        unusable(
            "unknown curve",
            "{'kty':'EC','kid':'unusable','crv':'P-999','x':'AA','y':'AA'}",
            "P-999"),
        unusable(
            "point off the curve",
            "{'kty':'EC','kid':'unusable','crv':'P-256','x':'AA','y':'AA'}",
            "not on the P-256 curve"),
        unusable(
            "curve of no accepted algorithm",
            "{'kty':'OKP','kid':'unusable','crv':'X25519','x':'AA'}",
            "X25519"),
        unusable(
            "Ed25519 key too short",
            "{'kty':'OKP','kid':'unusable','crv':'Ed25519','x':'AAAA'}",
            "Ed25519"),
        unusable(
            "Ed25519 key that is no point",
            "{'kty':'OKP','kid':'unusable','crv':'Ed25519','x':'" + "_".repeat(42) + "8'}",
            "Ed25519"),
        unusable("no kty", "{'kid':'unusable','n':'N','e':'AQAB'}", "kty"),
        unusable("kty unknown", "{'kty':'NEW','kid':'unusable'}", "NEW"),
        unusable("kty that is no text", "{'kty':7,'kid':'unusable'}", "kty"),
        unusable(
            "kid that is no text", "{'kty':'RSA','n':'N','e':'AQAB','kid':['unusable']}", "kid"),
        unusable("another use", "{" + UNUSABLE_RSA + ",'use':'tea'}", "use"),
        unusable("512 bits", weak(512), "512 bits"),
        unusable("1024 bits", weak(1024), "1024 bits"),
        unusable(
            "private part",
            OTHER_RSA.toJSONString().replace("other-rsa", "unusable"),
            "secret part"),
        unusable(
            "symmetric",
            new OctetSequenceKey.Builder(new byte[32]).keyID("unusable").build().toJSONString(),
            "secret part"),
        unusable("symmetric without its secret", "{'kty':'oct','kid':'unusable'}", "key value"),
        unusable("empty object", "{}", "kty", "none"),
        unusable("null", "null", "not a JSON object", "none"),
        unusable("text", "'unusable'", "not a JSON object", "none"),
        unusable("number", "7", "not a JSON object", "none"),
        unusable("array", "[[]]", "not a JSON object", "none"));
  }

  private static Arguments unusable(String name, String json, String reason) {
    return unusable(name, json, reason, "unusable");
  }

  private static Arguments unusable(String name, String json, String reason, String kid) {
    var text = json.replace('\'', '"').replace("\"N\"", "\"" + OTHER_RSA.getModulus() + "\"");
    return Arguments.of(name, text, reason, kid);
  }

  private static String weak(int sizeBits) {
    try {
      return new RSAKeyGenerator(sizeBits, true)
          .keyID("unusable")
          .generate()
          .toPublicJWK()
          .toJSONString();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unusableKeys")
  void an_unusable_key_is_skipped_and_the_keys_around_it_work(
      String name, String unusable, String reason, String kid) {
    issuer.publishJson(json(RSA), unusable, json(P256));
    assertThat(verify(RSA)).isEqualTo(ACCEPTED);
    assertThat(verify(P256)).isEqualTo(ACCEPTED);
    assertThat(log.lines())
        .singleElement()
        .asString()
        .startsWith("WARN The server skips a key of issuer " + issuer.url())
        .contains(kid, reason);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unusableKeys")
  void an_unusable_key_that_is_added_later_is_skipped_and_the_keys_around_it_work(
      String name, String unusable, String reason, String kid) {
    assertThat(verify(RSA)).isEqualTo(ACCEPTED);
    issuer.publishJson(unusable, json(RSA), json(P256));
    clock.advance(CachedIssuerKeys.CACHE_TIME.plusSeconds(1));
    assertThat(verify(RSA)).isEqualTo(ACCEPTED);
    assertThat(verify(P256)).isEqualTo(ACCEPTED);
    assertThat(log.lines()).singleElement().asString().contains(kid, reason);
  }

  @Test
  void a_skipped_key_verifies_nothing() throws JOSEException {
    var weak = new RSAKeyGenerator(1024, true).keyID("weak").generate();
    issuer.publishJson(
        json(RSA),
        json(weak),
        json(OTHER_RSA).replace("\"kid\"", "\"key_ops\":[\"connect\"],\"kid\""));
    assertThat(verify(weak)).isEqualTo(INVALID);
    assertThat(verify(OTHER_RSA)).isEqualTo(INVALID);
    assertThat(verify(RSA)).isEqualTo(ACCEPTED);
  }

  @Test
  void a_key_whose_private_part_is_published_verifies_nothing() {
    issuer.publishJson(OTHER_RSA.toJSONString(), json(RSA));
    assertThat(verify(OTHER_RSA)).isEqualTo(INVALID);
    assertThat(verify(RSA)).isEqualTo(ACCEPTED);
  }

  @Test
  void an_encryption_key_verifies_nothing_and_is_not_logged() {
    issuer.publishJson(json(OTHER_RSA).replace("\"kid\"", "\"use\":\"enc\",\"kid\""), json(RSA));
    assertThat(verify(OTHER_RSA)).isEqualTo(INVALID);
    assertThat(verify(RSA)).isEqualTo(ACCEPTED);
    assertThat(log.lines()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"x5c\":[\"no certificate\"]",
        "\"x5c\":[\"MIIB\"]",
        "\"x5c\":7",
        "\"x5c\":[]",
        "\"x5t\":7",
        "\"x5u\":\"not a url\"",
        "\"exp\":\"soon\"",
        "\"key_ops\":[\"verify\",\"connect\"]",
        "\"key_ops\":[\"sign\"]",
        "\"issuer\":{}"
      })
  void an_unneeded_member_does_not_make_its_key_unusable(String member) {
    issuer.publishJson(json(RSA).replace("\"kid\"", member + ",\"kid\""));
    assertThat(verify(RSA)).isEqualTo(ACCEPTED);
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void keys_in_plain_base64_or_with_padding_work() {
    var padded = RSA.getModulus().toString().replace('-', '+').replace('_', '/') + "==";
    issuer.publishJson(json(RSA).replace(RSA.getModulus().toString(), padded));
    assertThat(verify(RSA)).isEqualTo(ACCEPTED);
  }

  @Test
  void two_keys_with_the_same_id_both_work() {
    var twin = new RSAKey.Builder(OTHER_RSA).keyID(RSA.getKeyID()).build();
    issuer.publishJson(json(twin), json(RSA), json(RSA));
    assertThat(verify(RSA)).isEqualTo(ACCEPTED);
    assertThat(verify(twin)).isEqualTo(ACCEPTED);
  }

  @Test
  void a_skipped_key_is_logged_once_and_not_at_each_reading_of_the_keys() {
    issuer.publishJson("{\"kid\":\"one\"}", "{\"kid\":\"one\"}", "{\"kid\":\"two\"}", json(RSA));
    for (var i = 0; i < 10; i++) {
      assertThat(verify(RSA)).isEqualTo(ACCEPTED);
      clock.advance(CachedIssuerKeys.CACHE_TIME.plusSeconds(1));
    }
    assertThat(issuer.keysRead).hasValue(10);
    assertThat(log.lines()).hasSize(2);
  }

  @Test
  void thousands_of_unusable_keys_do_not_flood_the_log() {
    var unusable = IntStream.range(0, 5_000).mapToObj(i -> "{\"kid\":\"" + i + "\"}");
    issuer.publishJson(Stream.concat(unusable, Stream.of(json(RSA))).toArray(String[]::new));
    for (var i = 0; i < 3; i++) {
      assertThat(verify(RSA)).isEqualTo(ACCEPTED);
      clock.advance(CachedIssuerKeys.CACHE_TIME.plusSeconds(1));
    }
    assertThat(log.lines()).hasSize(SkippedKeyLog.LINES_MAX);
  }

  @Test
  void an_unusable_key_cannot_forge_a_log_line() {
    var kid = "a\\u000aERROR forged\\u2028" + "x".repeat(5_000);
    issuer.publishJson("{\"kty\":\"\\u000aNEW\",\"kid\":\"" + kid + "\"}", json(RSA));
    assertThat(verify(RSA)).isEqualTo(ACCEPTED);
    assertThat(log.lines())
        .singleElement()
        .asString()
        .contains("kid a?ERROR forged?xxx")
        .doesNotContainPattern("[\\n\\u2028]")
        .hasSizeLessThan(1_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[null]", "[7]", "[{\"kty\":\"RSA\"}]"})
  void a_key_set_without_a_usable_key_rejects_every_token_and_is_logged_once(String entries) {
    issuer.keys = "{\"keys\":" + entries + "}";
    for (var i = 0; i < 3; i++) {
      assertThat(verify(RSA)).isEqualTo(INVALID);
      clock.advance(CachedIssuerKeys.CACHE_TIME.plusSeconds(1));
    }
    assertThat(log.lines()).filteredOn(line -> line.contains("no key that can be used")).hasSize(1);
    issuer.publish(RSA);
    assertThat(verify(RSA)).isEqualTo(ACCEPTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "{\"keys\":null}",
        "{\"keys\":{}}",
        "{\"keys\":\"none\"}",
        "{\"keys\":[],}",
        "{\"keys\":[{\"kty\":\"RSA\"},]}",
        "{\"keys\":[{\"kty\":\"RSA\"}]"
      })
  void a_document_that_is_not_a_key_set_makes_the_issuer_unavailable_and_is_logged_with_its_cause(
      String document) {
    issuer.keys = document;
    assertThatThrownBy(() -> verify(RSA)).isInstanceOf(IssuerUnavailableException.class);
    assertThat(log.lines())
        .singleElement()
        .asString()
        .startsWith("ERROR Cannot read the keys of issuer " + issuer.url() + ": ")
        .containsAnyOf("no array \"keys\"", "/keys answered no JSON object")
        .contains("Check the issuer's URL");
  }

  private Verification verify(JWK key) {
    var claims = issuer.claims(clock).jwtID("token-" + tokens.incrementAndGet()).build();
    return verifier.verify(
        key.getKeyID().equals("weak")
            ? TestKeys.sign("{\"alg\":\"RS256\",\"kid\":\"weak\"}", claims, (RSAKey) key)
            : TestKeys.sign(claims, key));
  }

  private static String json(JWK key) {
    return key.toPublicJWK().toJSONString();
  }
}
