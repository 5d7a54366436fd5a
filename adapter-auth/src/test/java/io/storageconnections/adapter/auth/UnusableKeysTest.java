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
import io.storageconnections.application.port.TokenVerifier.Reason;
import io.storageconnections.application.port.TokenVerifier.Verification;
import io.storageconnections.application.port.TokenVerifier.Verification.Accepted;
import io.storageconnections.application.port.TokenVerifier.Verification.Rejected;
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

  private static final Verification GOOD = new Accepted(new Caller("client"));
  private static final Verification INVALID = new Rejected(Reason.INVALID);
  private static final String ODD_RSA = "'kty':'RSA','kid':'odd','n':'N','e':'AQAB'";

  private final AtomicInteger tokens = new AtomicInteger();
  private final SettableClock clock = new SettableClock();
  private final LoopbackIssuer issuer = new LoopbackIssuer(RSA);
  private final JwtTokenVerifier verifier =
      JwtTokenVerifier.forIssuer(issuer.url(), null, clock, LoopbackIssuer.reader());
  private final LogCapture log = new LogCapture(Level.WARN);

  @AfterEach
  void close() {
    verifier.close();
    issuer.close();
    log.close();
  }

  static Stream<Arguments> oddKeys() {
    return Stream.of(
        odd("key_ops without verify", "{" + ODD_RSA + ",'key_ops':['connect']}", "key_ops"),
        odd("key_ops for encryption", "{" + ODD_RSA + ",'key_ops':['encrypt']}", "key_ops"),
        odd("key_ops that is no array", "{" + ODD_RSA + ",'key_ops':'verify'}", "key_ops"),
        odd("only x5c", "{'kty':'RSA','kid':'odd','x5c':['MIIB']}", "modulus"),
        odd("no exponent", "{'kty':'RSA','kid':'odd','n':'N'}", "exponent"),
        odd("exponent 1", "{'kty':'RSA','kid':'odd','n':'N','e':'AQ'}", "exponent"),
        odd("a number for text", "{'kty':'RSA','kid':'odd','n':7,'e':'AQAB'}", "member n"),
        odd("n not base64url", "{'kty':'RSA','kid':'odd','n':'a*b%','e':'AQAB'}", "n is not"),
        odd("n empty", "{'kty':'RSA','kid':'odd','n':'','e':'AQAB'}", "n is not"),
        odd("unknown curve", "{'kty':'EC','kid':'odd','crv':'P-999','x':'AA','y':'AA'}", "P-999"),
        odd(
            "point off the curve",
            "{'kty':'EC','kid':'odd','crv':'P-256','x':'AA','y':'AA'}",
            "not on the P-256 curve"),
        odd(
            "curve of no accepted algorithm",
            "{'kty':'OKP','kid':'odd','crv':'X25519','x':'AA'}",
            "X25519"),
        odd(
            "Ed25519 key too short",
            "{'kty':'OKP','kid':'odd','crv':'Ed25519','x':'AAAA'}",
            "Ed25519"),
        odd(
            "Ed25519 key that is no point",
            "{'kty':'OKP','kid':'odd','crv':'Ed25519','x':'" + "_".repeat(42) + "8'}",
            "Ed25519"),
        odd("no kty", "{'kid':'odd','n':'N','e':'AQAB'}", "kty"),
        odd("kty unknown", "{'kty':'NEW','kid':'odd'}", "NEW"),
        odd("kty that is no text", "{'kty':7,'kid':'odd'}", "kty"),
        odd("kid that is no text", "{'kty':'RSA','n':'N','e':'AQAB','kid':['odd']}", "kid"),
        odd("another use", "{" + ODD_RSA + ",'use':'tea'}", "use"),
        odd("512 bits", weak(512), "512 bits"),
        odd("1024 bits", weak(1024), "1024 bits"),
        odd("private part", OTHER_RSA.toJSONString().replace("other-rsa", "odd"), "secret part"),
        odd(
            "symmetric",
            new OctetSequenceKey.Builder(new byte[32]).keyID("odd").build().toJSONString(),
            "secret part"),
        odd("symmetric without its secret", "{'kty':'oct','kid':'odd'}", "key value"),
        odd("empty object", "{}", "kty", "none"),
        odd("null", "null", "not a JSON object", "none"),
        odd("text", "'odd'", "not a JSON object", "none"),
        odd("number", "7", "not a JSON object", "none"),
        odd("array", "[[]]", "not a JSON object", "none"));
  }

  private static Arguments odd(String name, String json, String reason) {
    return odd(name, json, reason, "odd");
  }

  private static Arguments odd(String name, String json, String reason, String kid) {
    var text = json.replace('\'', '"').replace("\"N\"", "\"" + OTHER_RSA.getModulus() + "\"");
    return Arguments.of(name, text, reason, kid);
  }

  private static String weak(int sizeBits) {
    try {
      return new RSAKeyGenerator(sizeBits, true)
          .keyID("odd")
          .generate()
          .toPublicJWK()
          .toJSONString();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("oddKeys")
  void an_odd_key_is_skipped_and_the_keys_around_it_work(
      String name, String odd, String reason, String kid) {
    issuer.publishJson(json(RSA), odd, json(P256));
    assertThat(verify(RSA)).isEqualTo(GOOD);
    assertThat(verify(P256)).isEqualTo(GOOD);
    assertThat(log.lines())
        .singleElement()
        .asString()
        .startsWith("WARN The server skips a key of issuer " + issuer.url())
        .contains(kid, reason);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("oddKeys")
  void an_odd_key_that_comes_later_is_skipped_and_the_keys_around_it_work(
      String name, String odd, String reason, String kid) {
    assertThat(verify(RSA)).isEqualTo(GOOD);
    issuer.publishJson(odd, json(RSA), json(P256));
    clock.advance(CachedIssuerKeys.KEPT_FOR.plusSeconds(1));
    assertThat(verify(RSA)).isEqualTo(GOOD);
    assertThat(verify(P256)).isEqualTo(GOOD);
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
    assertThat(verify(RSA)).isEqualTo(GOOD);
  }

  @Test
  void a_key_whose_private_part_is_published_verifies_nothing() {
    issuer.publishJson(OTHER_RSA.toJSONString(), json(RSA));
    assertThat(verify(OTHER_RSA)).isEqualTo(INVALID);
    assertThat(verify(RSA)).isEqualTo(GOOD);
  }

  @Test
  void a_key_for_encryption_verifies_nothing_and_is_no_news() {
    issuer.publishJson(json(OTHER_RSA).replace("\"kid\"", "\"use\":\"enc\",\"kid\""), json(RSA));
    assertThat(verify(OTHER_RSA)).isEqualTo(INVALID);
    assertThat(verify(RSA)).isEqualTo(GOOD);
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
  void a_member_that_is_not_needed_does_not_spoil_its_key(String member) {
    issuer.publishJson(json(RSA).replace("\"kid\"", member + ",\"kid\""));
    assertThat(verify(RSA)).isEqualTo(GOOD);
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void keys_in_the_other_base64_alphabet_or_padded_work() {
    var padded = RSA.getModulus().toString().replace('-', '+').replace('_', '/') + "==";
    issuer.publishJson(json(RSA).replace(RSA.getModulus().toString(), padded));
    assertThat(verify(RSA)).isEqualTo(GOOD);
  }

  @Test
  void keys_of_the_same_id_work_both() {
    var twin = new RSAKey.Builder(OTHER_RSA).keyID(RSA.getKeyID()).build();
    issuer.publishJson(json(twin), json(RSA), json(RSA));
    assertThat(verify(RSA)).isEqualTo(GOOD);
    assertThat(verify(twin)).isEqualTo(GOOD);
  }

  @Test
  void a_skipped_key_is_logged_once_however_often_the_keys_are_read() {
    issuer.publishJson("{\"kid\":\"one\"}", "{\"kid\":\"one\"}", "{\"kid\":\"two\"}", json(RSA));
    for (var i = 0; i < 10; i++) {
      assertThat(verify(RSA)).isEqualTo(GOOD);
      clock.advance(CachedIssuerKeys.KEPT_FOR.plusSeconds(1));
    }
    assertThat(issuer.keysRead).hasValue(10);
    assertThat(log.lines()).hasSize(2);
  }

  @Test
  void thousands_of_odd_keys_do_not_flood_the_log() {
    var odd = IntStream.range(0, 5_000).mapToObj(i -> "{\"kid\":\"" + i + "\"}");
    issuer.publishJson(Stream.concat(odd, Stream.of(json(RSA))).toArray(String[]::new));
    for (var i = 0; i < 3; i++) {
      assertThat(verify(RSA)).isEqualTo(GOOD);
      clock.advance(CachedIssuerKeys.KEPT_FOR.plusSeconds(1));
    }
    assertThat(log.lines()).hasSize(SkippedKeyLog.LINES_MAX);
  }

  @Test
  void an_odd_key_cannot_forge_a_line_of_the_log() {
    var kid = "a\\u000aERROR forged\\u2028" + "x".repeat(5_000);
    issuer.publishJson("{\"kty\":\"\\u000aNEW\",\"kid\":\"" + kid + "\"}", json(RSA));
    assertThat(verify(RSA)).isEqualTo(GOOD);
    assertThat(log.lines())
        .singleElement()
        .asString()
        .contains("kid a?ERROR forged?xxx")
        .doesNotContainPattern("[\\n\\u2028]")
        .hasSizeLessThan(1_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[null]", "[7]", "[{\"kty\":\"RSA\"}]"})
  void a_set_without_a_usable_key_refuses_every_token_and_says_so_once(String entries) {
    issuer.keys = "{\"keys\":" + entries + "}";
    for (var i = 0; i < 3; i++) {
      assertThat(verify(RSA)).isEqualTo(INVALID);
      clock.advance(CachedIssuerKeys.KEPT_FOR.plusSeconds(1));
    }
    assertThat(log.lines()).filteredOn(line -> line.contains("no key that can be used")).hasSize(1);
    issuer.publish(RSA);
    assertThat(verify(RSA)).isEqualTo(GOOD);
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
  void a_document_that_is_no_key_set_is_a_fault_of_the_issuer_with_its_cause(String document) {
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
