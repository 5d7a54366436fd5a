package io.storageconnections.adapter.auth;

import static io.storageconnections.adapter.auth.fixture.TestKeys.OTHER_RSA;
import static io.storageconnections.adapter.auth.fixture.TestKeys.P256;
import static io.storageconnections.adapter.auth.fixture.TestKeys.P384;
import static io.storageconnections.adapter.auth.fixture.TestKeys.P521;
import static io.storageconnections.adapter.auth.fixture.TestKeys.RSA;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.storageconnections.adapter.auth.fixture.SettableClock;
import io.storageconnections.adapter.auth.fixture.TestKeys;
import io.storageconnections.adapter.auth.issuer.LoopbackIssuer;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Verification;
import io.storageconnections.application.port.Verification.Accepted;
import io.storageconnections.application.port.Verification.Reason;
import io.storageconnections.application.port.Verification.Rejected;
import java.math.BigDecimal;
import java.net.URI;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtTokenVerifierTest {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private static final String AUDIENCE = "https://qa-ims.example/resources";
  private static final Verification ACCEPTED = new Accepted(Caller.ofUser("client", "subject"));
  private static final Verification INVALID = new Rejected(Reason.INVALID);
  private static final Verification NO_SCOPE = new Rejected(Reason.INSUFFICIENT_SCOPE);

  private final SettableClock clock = new SettableClock();
  private final LoopbackIssuer issuer = new LoopbackIssuer(RSA, P256, P384, P521);
  private final JwtTokenVerifier verifier =
      JwtTokenVerifier.forIssuer(
          issuer.url(), AUDIENCE, TokenPolicy.NONE, clock, LoopbackIssuer.patientClient());

  @AfterEach
  void close() {
    verifier.close();
    issuer.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"})
  void each_asymmetric_algorithm_is_accepted(String name) {
    var algorithm = JWSAlgorithm.parse(name);
    var key = TestKeys.forAlgorithm(algorithm);
    var header = TestKeys.header(algorithm, key).build();
    assertThat(verify(TestKeys.sign(header, genuine(), key))).isEqualTo(ACCEPTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"})
  void a_token_needs_no_key_id(String name) {
    var algorithm = JWSAlgorithm.parse(name);
    var header = new JWSHeader.Builder(algorithm).build();
    assertThat(verify(TestKeys.sign(header, genuine(), TestKeys.forAlgorithm(algorithm))))
        .isEqualTo(ACCEPTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ES256K", "Ed448", "HS256", "RS1", "rs256", "RSA", "eddsa"})
  void another_algorithm_is_rejected_without_reading_the_keys(String algorithm) {
    var parts = List.of(token(genuine()).split("\\.", -1));
    var header = Base64URL.encode("{\"alg\":\"" + algorithm + "\",\"kid\":\"rsa\"}");
    assertThat(verify(header + "." + parts.get(1) + "." + parts.get(2))).isEqualTo(INVALID);
    assertThat(issuer.discoveriesRead).hasValue(0);
  }

  @Test
  void an_unsigned_token_is_rejected() {
    assertThat(verify(new PlainJWT(genuine()).serialize())).isEqualTo(INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "NONE", ""})
  void the_algorithm_none_is_rejected_with_and_without_a_signature(String algorithm) {
    var parts = List.of(token(genuine()).split("\\.", -1));
    var header = Base64URL.encode("{\"alg\":\"" + algorithm + "\",\"kid\":\"rsa\"}");
    assertThat(verify(header + "." + parts.get(1) + "." + parts.get(2))).isEqualTo(INVALID);
    assertThat(verify(header + "." + parts.get(1) + ".")).isEqualTo(INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HS256", "HS384", "HS512"})
  void a_token_signed_with_the_public_key_as_a_secret_is_rejected(String algorithm)
      throws JOSEException {
    var pem = "-----BEGIN PUBLIC KEY-----\n" + Base64.encode(RSA.toPublicKey().getEncoded());
    for (var secret :
        List.of(
            RSA.toPublicKey().getEncoded(),
            RSA.toPublicJWK().toJSONString().getBytes(UTF_8),
            pem.getBytes(UTF_8))) {
      var token =
          new SignedJWT(TestKeys.header(JWSAlgorithm.parse(algorithm), RSA).build(), genuine());
      token.sign(new MACSigner(secret));
      assertThat(verify(token.serialize())).isEqualTo(INVALID);
    }
  }

  @Test
  void a_secret_key_verifies_nothing_even_if_the_issuer_publishes_it() throws JOSEException {
    var secret = new OctetSequenceKey.Builder(new byte[32]).keyID("secret").build();
    issuer.publishJson(secret.toJSONString(), RSA.toPublicJWK().toJSONString());
    var token = new SignedJWT(TestKeys.header(JWSAlgorithm.HS256, secret).build(), genuine());
    token.sign(new MACSigner(secret));
    assertThat(verify(token.serialize())).isEqualTo(INVALID);
    assertThat(verify(token(genuine()))).isEqualTo(ACCEPTED);
  }

  @Test
  void a_foreign_key_is_rejected_under_its_own_id_and_under_a_known_one() {
    assertThat(verify(TestKeys.sign(genuine(), OTHER_RSA))).isEqualTo(INVALID);
    var header = TestKeys.header(JWSAlgorithm.RS256, RSA).build();
    assertThat(verify(TestKeys.sign(header, genuine(), OTHER_RSA))).isEqualTo(INVALID);
    var noId = new JWSHeader.Builder(JWSAlgorithm.RS256).build();
    assertThat(verify(TestKeys.sign(noId, genuine(), OTHER_RSA))).isEqualTo(INVALID);
  }

  @Test
  void changed_claims_are_rejected() {
    var parts = List.of(token(genuine()).split("\\.", -1));
    var forged = issuer.claims(clock).claim("client_id", "another client").build();
    assertThat(
            verify(parts.get(0) + "." + Base64URL.encode(forged.toString()) + "." + parts.get(2)))
        .isEqualTo(INVALID);
  }

  @Test
  void a_key_that_a_genuine_token_names_or_contains_is_ignored() {
    var fetched = new AtomicInteger();
    issuer.serve("/elsewhere", exchange -> fetched.incrementAndGet());
    var elsewhere = issuer.url().resolve("/elsewhere");
    assertAcceptedHeader(header -> header.jwk(OTHER_RSA.toPublicJWK()));
    assertAcceptedHeader(header -> header.jwkURL(elsewhere));
    assertAcceptedHeader(header -> header.x509CertURL(elsewhere));
    assertAcceptedHeader(header -> header.x509CertChain(List.of(Base64.encode("certificate"))));
    assertAcceptedHeader(header -> header.x509CertSHA256Thumbprint(Base64URL.encode("print")));
    assertThat(fetched).hasValue(0);
  }

  @Test
  void a_forged_token_is_rejected_even_if_it_names_or_contains_its_key() {
    var fetched = new AtomicInteger();
    issuer.serve(
        "/attacker",
        exchange -> {
          fetched.incrementAndGet();
          var keys = new JWKSet(OTHER_RSA.toPublicJWK()).toString().getBytes(UTF_8);
          exchange.sendResponseHeaders(200, keys.length);
          exchange.getResponseBody().write(keys);
        });
    var attacker = issuer.url().resolve("/attacker");
    for (var id : new String[] {"rsa", "other-rsa", null}) {
      var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(id);
      assertThat(
              List.of(
                  foreign(header.jwk(OTHER_RSA.toPublicJWK())),
                  foreign(header.jwkURL(attacker)),
                  foreign(header.x509CertURL(attacker)),
                  foreign(header.x509CertChain(List.of(Base64.encode("certificate"))))))
          .containsOnly(INVALID);
    }
    assertThat(fetched).hasValue(0);
  }

  private Verification foreign(JWSHeader.Builder header) {
    return verify(TestKeys.sign(header.build(), genuine(), OTHER_RSA));
  }

  @ParameterizedTest
  @ValueSource(strings = {"EdDSA", "Ed25519"})
  void a_genuine_ed25519_signature_is_accepted_and_a_forged_one_rejected(String algorithm)
      throws Exception {
    var generator = KeyPairGenerator.getInstance("Ed25519");
    var pair = generator.generateKeyPair();
    var encoded = pair.getPublic().getEncoded();
    var x = Base64URL.encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
    issuer.publishJson(
        RSA.toPublicJWK().toJSONString(),
        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"alg\":\"EdDSA\",\"kid\":\"ed\",\"x\":\""
            + x
            + "\"}");
    for (var kid : List.of(",\"kid\":\"ed\"", "")) {
      var header = "{\"alg\":\"" + algorithm + "\"" + kid + "}";
      assertThat(verify(TestKeys.signEd25519(header, genuine(), pair.getPrivate())))
          .isEqualTo(ACCEPTED);
      var foreign = generator.generateKeyPair().getPrivate();
      assertThat(verify(TestKeys.signEd25519(header, genuine(), foreign))).isEqualTo(INVALID);
      var genuine = TestKeys.signEd25519(header, genuine(), pair.getPrivate());
      var parts = List.of(genuine.split("\\.", -1));
      for (var signature : List.of(Base64URL.encode("x"), Base64URL.encode(new byte[64]))) {
        assertThat(verify(parts.get(0) + "." + parts.get(1) + "." + signature)).isEqualTo(INVALID);
      }
    }
    assertThat(verify(token(genuine()))).isEqualTo(ACCEPTED);
  }

  @Test
  void a_critical_extension_is_rejected() {
    assertRejectedHeader(header ->
        header.criticalParams(Set.of("urn:example:x")).customParam("urn:example:x", true));
    assertRejectedHeader(header -> header.criticalParams(Set.of("exp")));
    // The one extension that Nimbus supports. An access token must not require it.
    assertRejectedHeader(
        header -> header.base64URLEncodePayload(true).criticalParams(Set.of("b64")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"JWT", "jwt", "at+jwt", "AT+JWT", "application/at+jwt", "Application/AT+jwt"})
  void each_type_of_access_tokens_is_accepted(String type) {
    var header = TestKeys.header(JWSAlgorithm.RS256, RSA).type(new JOSEObjectType(type)).build();
    assertThat(verify(TestKeys.sign(header, genuine(), RSA))).isEqualTo(ACCEPTED);
  }

  @Test
  void a_token_needs_no_type() {
    assertThat(
            verify(
                TestKeys.sign(
                    TestKeys.header(JWSAlgorithm.RS256, RSA).type(null).build(), genuine(), RSA)))
        .isEqualTo(ACCEPTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"JOSE", "dpop+jwt", "logout+jwt", "id_token", "text/at+jwt", "at", ""})
  void another_type_is_rejected(String type) {
    assertRejectedHeader(header -> header.type(new JOSEObjectType(type)));
  }

  @Test
  void an_encrypted_token_is_rejected() throws JOSEException {
    var token =
        new EncryptedJWT(
            new JWEHeader.Builder(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A256GCM)
                .keyID("rsa")
                .build(),
            genuine());
    token.encrypt(new RSAEncrypter(RSA.toRSAPublicKey()));
    assertThat(verify(token.serialize())).isEqualTo(INVALID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "..",
        "...",
        "....",
        "a.b.c",
        "null",
        "e30.e30.",
        "e30.e30.e30",
        "bnVsbA.bnVsbA.bnVsbA",
        "W10.W10.W10",
        "\u0000",
        "eyJhbGciOiJSUzI1NiJ9.bnVsbA.AAAA",
        "eyJhbGciOiJSUzI1NiJ9..AAAA",
        "eyJhbGciOlsiUlMyNTYiXX0.e30.AAAA",
        "💥.💥.💥"
      })
  void malformed_text_is_rejected(String text) {
    assertThat(verify(text)).isEqualTo(INVALID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%", "=", "==", "*", "é", "ÿ", "İ", "💥", " ", "\t", "\n", "\u0000", "+", "/", "~", ",",
        "%3D"
      })
  void a_character_outside_base64url_is_rejected_at_every_position(String foreign) {
    var token = token(genuine());
    var firstDot = token.indexOf('.');
    for (var at : List.of(0, 5, firstDot, firstDot + 1, token.lastIndexOf('.'), token.length())) {
      var text = token.substring(0, at) + foreign + token.substring(at);
      assertThat(verify(text)).as("at %d", at).isEqualTo(INVALID);
    }
    assertThat(verify(token)).isEqualTo(ACCEPTED);
    assertThat(verify(token + foreign)).isEqualTo(INVALID);
  }

  @Test
  void a_token_has_one_spelling() {
    var token = token(genuine());
    var last = ALPHABET.indexOf(token.charAt(token.length() - 1));
    // 256 bytes leave four bits of the last character unused.
    for (var bits = 0; bits < 16; bits++) {
      var other = token.substring(0, token.length() - 1) + ALPHABET.charAt((last & 0x30) | bits);
      assertThat(verify(other)).isEqualTo(other.equals(token) ? ACCEPTED : INVALID);
    }
    for (var other : List.of(token + ".", "." + token, token + ".AAAA", token.replace('.', ','))) {
      assertThat(verify(other)).isEqualTo(INVALID);
    }
  }

  @Test
  void random_changes_to_a_genuine_token_are_rejected_without_an_exception() {
    var seed = 20261123L;
    var random = new Random(seed);
    var genuine = token(genuine());
    for (var i = 0; i < 2000; i++) {
      var text = new StringBuilder(genuine);
      for (var changes = 1 + random.nextInt(4); changes > 0; changes--) {
        var at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, (char) random.nextInt(0x180));
          case 1 -> text.deleteCharAt(at);
          default -> text.insert(at, ".");
        }
      }
      // One change may undo another.
      assertThat(verify(text.toString()))
          .as("seed %d, text %d", seed, i)
          .isEqualTo(genuine.contentEquals(text) ? ACCEPTED : INVALID);
    }
  }

  @Test
  void deep_nesting_is_rejected() {
    var deep = Base64URL.encode("{\"alg\":" + "[".repeat(8_000));
    assertThat(verify(deep + ".e30.AAAA")).isEqualTo(INVALID);
    var header = Base64URL.encode("{\"alg\":\"RS256\",\"kid\":\"rsa\"}");
    assertThat(verify(header + "." + deep + ".AAAA")).isEqualTo(INVALID);
  }

  @Test
  void a_token_of_the_maximum_length_is_accepted_and_a_longer_one_rejected() {
    var room = Verification.TOKEN_LENGTH_MAX - token(padded("")).length();
    assertThat(verify(token(padded("x".repeat(room * 3 / 4 - 3))))).isEqualTo(ACCEPTED);
    assertThat(verify(token(padded("x".repeat(room * 3 / 4 + 3))))).isEqualTo(INVALID);
    assertThat(verify("x".repeat(10_000_000))).isEqualTo(INVALID);
  }

  @Test
  void malformed_tokens_and_rejected_headers_do_not_make_the_server_read_keys() {
    assertThat(verify("a.b.c")).isEqualTo(INVALID);
    assertThat(verify(new PlainJWT(genuine()).serialize())).isEqualTo(INVALID);
    assertRejectedHeader(header -> header.criticalParams(Set.of("exp")));
    assertThat(issuer.discoveriesRead).hasValue(0);
  }

  @Test
  void a_token_of_another_issuer_is_rejected() {
    assertRejected(claims -> claims.issuer("https://issuer.example"));
    assertRejected(claims -> claims.issuer(issuer.name + "/"));
    assertRejected(claims -> claims.issuer(issuer.name.replace("http", "HTTP")));
    assertRejected(claims -> claims.issuer(null));
  }

  @Test
  void a_token_without_exp_is_rejected() {
    assertRejected(claims -> claims.expirationTime(null));
  }

  @ParameterizedTest
  @CsvSource({"-3600, false", "-61, false", "-60, false", "-59, true", "0, true", "1, true"})
  void an_expired_token_is_accepted_for_less_than_a_minute(long secondsAhead, boolean isAccepted) {
    var claims = issuer.claims(clock).expirationTime(ahead(secondsAhead)).build();
    assertThat(verify(token(claims))).isEqualTo(isAccepted ? ACCEPTED : INVALID);
  }

  @ParameterizedTest
  @CsvSource({"3600, false", "61, false", "60, false", "59, true", "0, true", "-3600, true"})
  void a_token_is_accepted_less_than_a_minute_before_it_is_in_force(
      long secondsAhead, boolean isAccepted) {
    var claims = issuer.claims(clock).notBeforeTime(ahead(secondsAhead)).build();
    assertThat(verify(token(claims))).isEqualTo(isAccepted ? ACCEPTED : INVALID);
  }

  @Test
  void a_token_expires_when_the_clock_says_so() {
    var token = token(genuine());
    assertThat(verify(token)).isEqualTo(ACCEPTED);
    clock.advance(Duration.ofSeconds(3600 + 59));
    assertThat(verify(token)).isEqualTo(ACCEPTED);
    clock.advance(Duration.ofSeconds(1));
    assertThat(verify(token)).isEqualTo(INVALID);
  }

  @Test
  void a_cached_token_expires_like_any_other() {
    // It has ten seconds left, which is less than the maximum age of a cache entry.
    var token = token(with(claims -> claims.expirationTime(ahead(-50))));
    assertThat(verify(token)).isEqualTo(ACCEPTED);
    clock.advance(Duration.ofSeconds(9).plusMillis(999));
    assertThat(verify(token)).isEqualTo(ACCEPTED);
    clock.advance(Duration.ofMillis(1));
    assertThat(verify(token)).isEqualTo(INVALID);
  }

  @Test
  void a_cached_token_is_rejected_before_it_is_in_force_if_the_clock_is_set_back() {
    var token = token(with(claims -> claims.notBeforeTime(ahead(59))));
    assertThat(verify(token)).isEqualTo(ACCEPTED);
    clock.advance(Duration.ofSeconds(-1));
    assertThat(verify(token)).isEqualTo(INVALID);
    clock.advance(Duration.ofSeconds(1));
    assertThat(verify(token)).isEqualTo(ACCEPTED);
  }

  @Test
  void a_text_that_resembles_a_cached_token_is_rejected() {
    var token = token(genuine());
    assertThat(verify(token)).isEqualTo(ACCEPTED);
    var dot = token.lastIndexOf('.');
    var forged =
        TestKeys.sign(TestKeys.header(JWSAlgorithm.RS256, RSA).build(), genuine(), OTHER_RSA);
    assertThat(verify(token.substring(0, dot + 1))).isEqualTo(INVALID);
    for (var tail : List.of("?", "\ud800", "=", "%", "\u0100")) {
      assertThat(verify(token + tail)).isEqualTo(INVALID);
      assertThat(verify(token.substring(0, dot) + tail + token.substring(dot))).isEqualTo(INVALID);
    }
    assertThat(verify(token.substring(0, dot) + forged.substring(forged.lastIndexOf('.'))))
        .isEqualTo(INVALID);
    assertThat(verify(token)).isEqualTo(ACCEPTED);
  }

  @Test
  void times_that_are_not_numbers_are_rejected() {
    assertRejected(claims -> claims.claim("exp", "tomorrow"));
    assertRejected(claims -> claims.claim("nbf", "yesterday"));
    assertRejected(claims -> claims.claim("exp", true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"4611686018427387904", "9223372036854775807", "1e30", "-1e30"})
  void times_out_of_the_range_of_dates_are_rejected(String seconds) {
    assertRejected(claims -> claims.claim("nbf", new BigDecimal(seconds)));
    assertRejected(claims -> claims.claim("exp", new BigDecimal(seconds)));
  }

  @Test
  void the_token_must_contain_the_configured_audience() {
    assertThat(verify(token(with(claims -> claims.audience(List.of("other", AUDIENCE))))))
        .isEqualTo(ACCEPTED);
    assertThat(verify(token(with(claims -> claims.claim("aud", AUDIENCE))))).isEqualTo(ACCEPTED);
    assertRejected(claims -> claims.audience("other"));
    assertRejected(claims -> claims.audience(AUDIENCE + "/"));
    assertRejected(claims -> claims.audience(List.of("other", "another")));
    assertRejected(claims -> claims.audience(List.of()));
    assertRejected(claims -> claims.audience((String) null));
  }

  @Test
  void any_audience_is_accepted_if_none_is_configured() {
    try (var lenient =
        JwtTokenVerifier.forIssuer(
            issuer.url(), null, TokenPolicy.NONE, clock, LoopbackIssuer.patientClient())) {
      assertThat(lenient.verify(token(with(claims -> claims.audience("other")))))
          .isEqualTo(ACCEPTED);
      assertThat(lenient.verify(token(with(claims -> claims.audience((String) null)))))
          .isEqualTo(ACCEPTED);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "itwin-platform",
        "openid itwin-platform",
        "itwin-platform openid",
        "a  itwin-platform b"
      })
  void a_scope_may_be_text(String scope) {
    assertThat(verify(token(with(claims -> claims.claim("scope", scope))))).isEqualTo(ACCEPTED);
  }

  @Test
  void a_scope_may_be_an_array() {
    assertThat(verify(token(with(claims -> claims.claim("scope", List.of("a", "itwin-platform"))))))
        .isEqualTo(ACCEPTED);
  }

  @Test
  void scopes_may_be_in_scp_in_both_forms() {
    for (var scope :
        List.of("itwin-platform", "openid itwin-platform", List.of("itwin-platform"))) {
      assertThat(verify(token(scopes(null, scope)))).isEqualTo(ACCEPTED);
      assertThat(verify(token(scopes("openid", scope)))).isEqualTo(ACCEPTED);
      assertThat(verify(token(scopes(scope, List.of("openid"))))).isEqualTo(ACCEPTED);
    }
    for (var scope : List.of("", "itwin-platform2", List.of("a itwin-platform"), 7)) {
      assertThat(verify(token(scopes(null, scope)))).isEqualTo(NO_SCOPE);
      assertThat(verify(token(scopes("openid", scope)))).isEqualTo(NO_SCOPE);
    }
  }

  private JWTClaimsSet scopes(@Nullable Object scope, @Nullable Object scp) {
    return with(claims -> claims.claim("scope", scope).claim("scp", scp));
  }

  @Test
  void a_genuine_token_without_the_scope_is_rejected_with_its_own_reason() {
    for (var scope :
        List.of(
            "",
            "itwin-platform2",
            "itwin-platform:read",
            "ITWIN-PLATFORM",
            List.of(),
            List.of("openid"),
            List.of("openid itwin-platform"),
            List.of(7, true),
            7,
            Map.of("itwin-platform", true))) {
      assertThat(verify(token(with(claims -> claims.claim("scope", scope)))))
          .as("%s", scope)
          .isEqualTo(NO_SCOPE);
    }
    assertThat(verify(token(with(claims -> claims.claim("scope", null))))).isEqualTo(NO_SCOPE);
  }

  @Test
  void an_invalid_token_without_the_scope_is_rejected_as_invalid() {
    assertRejected(claims -> claims.claim("scope", null).expirationTime(null));
    assertRejected(claims -> claims.claim("scope", null).claim("client_id", null).subject(null));
    assertThat(verify(TestKeys.sign(with(claims -> claims.claim("scope", null)), OTHER_RSA)))
        .isEqualTo(INVALID);
  }

  @Test
  void the_client_is_client_id_or_else_sub() {
    assertThat(client("client", "subject")).isEqualTo(ACCEPTED);
    assertThat(client("client", null)).isEqualTo(new Accepted(Caller.ofClient("client")));
    var subject = new Accepted(Caller.ofClient("subject"));
    assertThat(client(null, "subject")).isEqualTo(subject);
    assertThat(client("", "subject")).isEqualTo(subject);
    assertThat(client(" ", "subject")).isEqualTo(subject);
  }

  @Test
  void the_client_is_azp_if_there_is_no_client_id() {
    var azp = new Accepted(Caller.ofUser("party", "subject"));
    for (var clientId : new @Nullable String[] {null, "", " "}) {
      assertThat(
              verify(
                  token(with(claims -> claims.claim("client_id", clientId).claim("azp", "party")))))
          .isEqualTo(azp);
    }
    assertThat(verify(token(with(claims -> claims.claim("azp", "party"))))).isEqualTo(ACCEPTED);
    assertThat(
            verify(token(with(claims -> claims.claim("client_id", null).claim("azp", List.of())))))
        .isEqualTo(new Accepted(Caller.ofClient("subject")));
  }

  @Test
  void a_client_id_that_is_not_a_string_is_rejected_even_if_another_claim_names_a_client() {
    for (var clientId : List.of(7, true, List.of("client"), List.of(), Map.of("id", "client"))) {
      assertThat(client(clientId, "subject")).as("%s", clientId).isEqualTo(INVALID);
      assertRejected(claims -> claims.claim("client_id", clientId).claim("azp", "party"));
      assertRejected(claims -> claims.claim("client_id", clientId).claim("scope", null));
    }
  }

  @Test
  void the_subject_is_sub_or_else_the_client() {
    assertThat(accepted(token(genuine())).subject()).isEqualTo("subject");
    for (var subject : new @Nullable String[] {null, "", " "}) {
      var caller = accepted(token(with(claims -> claims.subject(subject))));
      assertThat(caller.client()).isEqualTo("client");
      assertThat(caller.subject()).isEqualTo("client");
    }
  }

  @Test
  void the_caller_carries_the_token_also_if_it_is_cached() {
    var token = token(genuine());
    var other = token(padded("x"));
    for (var sent : List.of(token, other, token, other)) {
      assertThat(accepted(sent).bearerToken()).isEqualTo(sent);
      assertThat(verify(sent).toString()).doesNotContain(sent);
    }
    assertThat(issuer.keysRead).hasValue(1);
  }

  @Test
  void a_token_without_a_client_is_rejected() {
    assertThat(client(null, null)).isEqualTo(INVALID);
    assertThat(client("", " ")).isEqualTo(INVALID);
    assertRejected(claims -> claims.claim("client_id", null).claim("sub", List.of("a")));
  }

  @Test
  void an_issuer_without_encryption_is_not_accepted() {
    assertThatThrownBy(() ->
            JwtTokenVerifier.forIssuer(
                URI.create("http://issuer.example"), null, TokenPolicy.NONE, clock))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("https");
  }

  private Verification verify(String token) {
    return verifier.verify(token);
  }

  private Caller accepted(String token) {
    return ((Accepted) verify(token)).caller();
  }

  private Verification client(@Nullable Object clientId, @Nullable String subject) {
    return verify(token(with(claims -> claims.claim("client_id", clientId).subject(subject))));
  }

  private JWTClaimsSet genuine() {
    return issuer.claims(clock).build();
  }

  private JWTClaimsSet padded(String padding) {
    return issuer.claims(clock).claim("padding", padding).build();
  }

  private JWTClaimsSet with(UnaryOperator<JWTClaimsSet.Builder> change) {
    return change.apply(issuer.claims(clock)).build();
  }

  private Date ahead(long seconds) {
    return Date.from(clock.instant().plusSeconds(seconds));
  }

  private static String token(JWTClaimsSet claims) {
    return TestKeys.sign(claims, RSA);
  }

  private void assertRejected(UnaryOperator<JWTClaimsSet.Builder> change) {
    assertThat(verify(token(with(change)))).isEqualTo(INVALID);
  }

  private void assertAcceptedHeader(UnaryOperator<JWSHeader.Builder> change) {
    var header = change.apply(TestKeys.header(JWSAlgorithm.RS256, RSA)).build();
    assertThat(verify(TestKeys.sign(header, genuine(), RSA))).as("%s", header).isEqualTo(ACCEPTED);
  }

  private void assertRejectedHeader(UnaryOperator<JWSHeader.Builder> change) {
    var header = change.apply(TestKeys.header(JWSAlgorithm.RS256, RSA)).build();
    assertThat(verify(TestKeys.sign(header, genuine(), RSA))).as("%s", header).isEqualTo(INVALID);
  }
}
