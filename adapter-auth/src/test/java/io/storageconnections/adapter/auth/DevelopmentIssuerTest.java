package io.storageconnections.adapter.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.SignedJWT;
import io.storageconnections.adapter.auth.development.DevelopmentKeyFile;
import io.storageconnections.adapter.auth.fixture.SettableClock;
import io.storageconnections.adapter.auth.fixture.TestKeys;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Verification.Accepted;
import io.storageconnections.application.port.Verification.Reason;
import io.storageconnections.application.port.Verification.Rejected;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevelopmentIssuerTest {

  private static final URI ISSUER = URI.create("http://localhost:8080/dev");

  private final SettableClock clock = new SettableClock();

  @TempDir Path parent;

  @Test
  void its_verifier_accepts_a_token_until_it_expires() {
    var issuer = withKeyIn(folder(), "api");
    try (var verifier = JwtTokenVerifier.forDevelopment(issuer, "api", TokenPolicy.NONE, clock)) {
      var token = issuer.issue("my app");
      assertThat(verifier.verify(token.value())).isEqualTo(new Accepted(Caller.ofClient("my app")));
      clock.advance(Duration.ofHours(1).plusSeconds(59));
      assertThat(verifier.verify(token.value())).isEqualTo(new Accepted(Caller.ofClient("my app")));
      clock.advance(Duration.ofSeconds(1));
      assertThat(verifier.verify(token.value())).isEqualTo(new Rejected(Reason.INVALID));
    }
  }

  @Test
  void its_verifier_accepts_a_token_with_any_client_name() {
    var issuer = withKeyIn(folder(), null);
    try (var verifier = JwtTokenVerifier.forDevelopment(issuer, null, TokenPolicy.NONE, clock)) {
      for (var client : List.of("my app", "a", "Ünïcode \"{}\"")) {
        assertThat(verifier.verify(issuer.issue(client).value()))
            .isEqualTo(new Accepted(Caller.ofClient(client)));
      }
    }
  }

  @Test
  void its_verifier_rejects_the_tokens_of_another_issuer() {
    var issuer = withKeyIn(folder(), null);
    var sameName = withKeyIn(parent.resolve("other"), null);
    var sameKey =
        DevelopmentIssuer.withKeyIn(folder(), URI.create("http://localhost:9090"), null, clock);
    try (var verifier = JwtTokenVerifier.forDevelopment(issuer, null, TokenPolicy.NONE, clock)) {
      for (var other : List.of(sameName, sameKey)) {
        assertThat(verifier.verify(other.issue("my app").value()))
            .isEqualTo(new Rejected(Reason.INVALID));
      }
    }
  }

  @Test
  void its_verifier_checks_the_audience() {
    var issuer = withKeyIn(folder(), null);
    try (var verifier = JwtTokenVerifier.forDevelopment(issuer, "api", TokenPolicy.NONE, clock)) {
      assertThat(verifier.verify(issuer.issue("my app").value()))
          .isEqualTo(new Rejected(Reason.INVALID));
    }
  }

  @Test
  void a_token_has_the_documented_header_and_claims() throws Exception {
    var issuer = withKeyIn(folder(), "api");
    var given = issuer.issue("my app");
    assertThat(given.scope()).isEqualTo("itwin-platform");
    assertThat(given.lifetime()).isEqualTo(Duration.ofHours(1));

    var token = SignedJWT.parse(given.value());
    var key = (RSAKey) JWKSet.parse(issuer.publicKeys()).getKeys().getFirst();
    assertThat(token.verify(new RSASSAVerifier(key))).isTrue();
    assertThat(token.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.RS256);
    assertThat(token.getHeader().getType()).isEqualTo(JOSEObjectType.JWT);
    assertThat(token.getHeader().getKeyID()).isEqualTo(key.computeThumbprint().toString());

    var claims = token.getJWTClaimsSet();
    var now = clock.instant();
    assertThat(claims.getIssuer()).isEqualTo(ISSUER.toString());
    assertThat(claims.getSubject()).isEqualTo("my app");
    assertThat(claims.getClaim("client_id")).isEqualTo("my app");
    assertThat(claims.getClaim("scope")).isEqualTo("itwin-platform");
    assertThat(claims.getAudience()).containsExactly("api");
    assertThat(claims.getIssueTime()).isEqualTo(Date.from(now));
    assertThat(claims.getNotBeforeTime()).isEqualTo(Date.from(now));
    assertThat(claims.getExpirationTime()).isEqualTo(Date.from(now.plusSeconds(3600)));
    assertThat(claims.getJWTID()).isNotBlank();
  }

  @Test
  void each_token_has_its_own_id() throws ParseException {
    var issuer = withKeyIn(folder(), null);
    var ids = new HashSet<String>();
    for (var i = 0; i < 10; i++) {
      ids.add(SignedJWT.parse(issuer.issue("my app").value()).getJWTClaimsSet().getJWTID());
    }
    assertThat(ids).hasSize(10);
  }

  @Test
  void a_token_has_no_audience_if_none_is_configured() throws ParseException {
    var token = SignedJWT.parse(withKeyIn(folder(), null).issue("my app").value());
    assertThat(token.getJWTClaimsSet().getClaims()).doesNotContainKey("aud");
  }

  @Test
  void a_client_name_is_not_blank_not_too_long_and_without_control_characters() {
    var issuer = withKeyIn(folder(), null);
    for (var name : List.of("", " ", "a".repeat(256), "a\nb", "a\u0000", "\u0085a")) {
      assertThatThrownBy(() -> issuer.issue(name)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(issuer.issue("a".repeat(255)).value()).isNotEmpty();
  }

  @Test
  void an_access_token_of_a_user_names_client_and_user() throws ParseException {
    var issuer = withKeyIn(folder(), "api");
    var token = issuer.issue("my app", "alice", "itwin-platform openid");
    assertThat(token.scope()).isEqualTo("itwin-platform openid");
    var claims = SignedJWT.parse(token.value()).getJWTClaimsSet();
    assertThat(claims.getSubject()).isEqualTo("alice");
    assertThat(claims.getStringClaim("client_id")).isEqualTo("my app");
    assertThat(claims.getStringClaim("scope")).isEqualTo("itwin-platform openid");
    try (var verifier = JwtTokenVerifier.forDevelopment(issuer, "api", TokenPolicy.NONE, clock)) {
      assertThat(verifier.verify(token.value()))
          .isEqualTo(new Accepted(Caller.ofUser("my app", "alice")));
    }
  }

  @Test
  void an_id_token_is_for_the_client_and_no_access_token() throws ParseException {
    var issuer = withKeyIn(folder(), null);
    var token = issuer.idToken("my app", "alice", "n1");
    var claims = SignedJWT.parse(token).getJWTClaimsSet();
    assertThat(claims.getClaims())
        .containsOnlyKeys("iss", "sub", "aud", "iat", "exp", "nonce")
        .containsEntry("sub", "alice")
        .containsEntry("aud", List.of("my app"))
        .containsEntry("nonce", "n1");
    assertThat(issuer.verify(token)).isEmpty();
    try (var verifier = JwtTokenVerifier.forDevelopment(issuer, null, TokenPolicy.NONE, clock)) {
      assertThat(verifier.verify(token)).isEqualTo(new Rejected(Reason.INSUFFICIENT_SCOPE));
    }
    assertThat(
            SignedJWT.parse(issuer.idToken("my app", "alice", null)).getJWTClaimsSet().getClaims())
        .doesNotContainKey("nonce");
  }

  @Test
  void it_verifies_its_own_access_tokens_until_they_expire() {
    var issuer = withKeyIn(folder(), "api");
    var token = issuer.issue("my app", "alice", "itwin-platform").value();
    var now = clock.instant();
    assertThat(issuer.verify(token))
        .contains(
            new DevelopmentIssuer.IssuedToken(
                "my app", "alice", "itwin-platform", now, now.plus(Duration.ofHours(1))));
    clock.advance(Duration.ofHours(1).minusSeconds(1));
    assertThat(issuer.verify(token)).isPresent();
    clock.advance(Duration.ofSeconds(1));
    assertThat(issuer.verify(token)).isEmpty();
  }

  @Test
  void it_verifies_no_other_texts() {
    var issuer = withKeyIn(folder(), null);
    var token = issuer.issue("my app").value();
    var other = DevelopmentIssuer.inMemory(ISSUER, null, clock).issue("my app").value();
    var sameKey =
        DevelopmentIssuer.withKeyIn(folder(), URI.create("http://localhost:9090"), null, clock);
    var unsigned = token.substring(0, token.lastIndexOf('.') + 1);
    for (var text :
        List.of("", "a.b.c", other, sameKey.issue("my app").value(), unsigned, token + "A")) {
      assertThat(issuer.verify(text)).as(text).isEmpty();
    }
  }

  @Test
  void a_user_name_has_the_rules_of_a_client_name() {
    var issuer = withKeyIn(folder(), null);
    for (var name : List.of("", " ", "a".repeat(256), "a\nb")) {
      assertThatThrownBy(() -> issuer.issue("my app", name, "itwin-platform"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("user");
      assertThatThrownBy(() -> issuer.idToken("my app", name, null))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void the_public_keys_are_a_key_set_and_do_not_change() {
    var issuer = withKeyIn(folder(), null);
    assertThat(issuer.publicKeys())
        .startsWith("{")
        .contains("\"keys\"")
        .endsWith("}")
        .isEqualTo(issuer.publicKeys());
  }

  @Test
  void no_secret_is_in_public_keys_or_texts() throws Exception {
    var issuer = withKeyIn(folder(), null);
    var secrets = new ArrayList<Object>();
    var stored = JSONObjectUtils.parse(Files.readString(file()));
    for (var part : List.of("d", "p", "q", "dp", "dq", "qi")) {
      assertThat(stored).containsKey(part);
      secrets.add(stored.get(part));
    }
    var published = JWKSet.parse(issuer.publicKeys()).getKeys();
    assertThat(published).hasSize(1).noneMatch(key -> key.isPrivate());
    assertThat(published.getFirst().size()).isEqualTo(2048);
    var token = issuer.issue("my app");
    for (var secret : secrets) {
      assertThat(issuer.publicKeys()).doesNotContain(secret.toString());
      assertThat(issuer.toString()).doesNotContain(secret.toString());
    }
    assertThat(token.toString()).doesNotContain(token.value());
  }

  @Test
  void a_restart_keeps_the_key() {
    var first = withKeyIn(folder(), null);
    var second = withKeyIn(folder(), null);
    assertThat(second.publicKeys()).isEqualTo(first.publicKeys());
    try (var verifier = JwtTokenVerifier.forDevelopment(second, null, TokenPolicy.NONE, clock)) {
      assertThat(verifier.verify(first.issue("my app").value()))
          .isEqualTo(new Accepted(Caller.ofClient("my app")));
    }
  }

  @Test
  void processes_that_start_at_the_same_time_get_the_same_key() throws Exception {
    var publicKeys = new HashSet<String>();
    var count = 8;
    var barrier = new CyclicBarrier(count);
    var futures = new ArrayList<Future<String>>();
    try (var threads = Executors.newFixedThreadPool(count)) {
      for (var i = 0; i < count; i++) {
        futures.add(
            threads.submit(() -> {
              barrier.await();
              return withKeyIn(folder(), null).publicKeys();
            }));
      }
    }
    for (var future : futures) {
      publicKeys.add(future.get());
    }
    publicKeys.add(withKeyIn(folder(), null).publicKeys());
    assertThat(publicKeys).hasSize(1);
    assertThat(folder()).isDirectoryContaining("glob:**.jwk");
    try (var files = Files.list(folder())) {
      assertThat(files).containsExactly(file());
    }
  }

  @Test
  void a_start_deletes_old_drafts_of_killed_processes() throws IOException {
    withKeyIn(folder(), null);
    var old = Files.createFile(folder().resolve("development-issuer.jwk1.draft"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    var another = Files.createFile(folder().resolve("development-issuer.jwk2.draft"));
    withKeyIn(folder(), null);
    try (var files = Files.list(folder())) {
      assertThat(files).containsExactlyInAnyOrder(file(), another);
    }
  }

  @Test
  void only_its_owner_can_read_the_file() throws IOException {
    assumeTrue(parent.getFileSystem().supportedFileAttributeViews().contains("posix"));
    withKeyIn(folder(), null);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "malformed",
        "{}",
        "null",
        "[]",
        "{\"kty\":\"RSA\"}",
        "{\"kty\":\"oct\",\"k\":\"AA\"}"
      })
  void a_damaged_file_is_reported_and_not_replaced(String damaged) throws IOException {
    Files.createDirectories(folder());
    Files.writeString(file(), damaged);
    assertDamaged();
    assertThat(Files.readString(file())).isEqualTo(damaged);
  }

  @Test
  void a_truncated_file_is_damaged() throws IOException {
    withKeyIn(folder(), null);
    var whole = Files.readString(file());
    Files.writeString(file(), whole.substring(0, whole.length() / 2));
    assertDamaged();
  }

  @Test
  void a_binary_file_is_damaged() throws IOException {
    Files.createDirectories(folder());
    Files.write(file(), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertDamaged();
  }

  @Test
  void a_file_with_parts_of_two_keys_is_damaged() throws Exception {
    var mixed = JSONObjectUtils.newJSONObject();
    mixed.putAll(TestKeys.RSA.toJSONObject());
    mixed.put("n", TestKeys.OTHER_RSA.getModulus().toString());
    Files.createDirectories(folder());
    Files.writeString(file(), JSONObjectUtils.toJSONString(mixed));
    assertDamaged();
  }

  @Test
  void a_file_with_a_public_or_a_short_key_is_damaged() throws IOException, JOSEException {
    Files.createDirectories(folder());
    Files.writeString(file(), TestKeys.RSA.toPublicJWK().toJSONString());
    assertDamaged();
    Files.writeString(file(), new RSAKeyGenerator(1024, true).generate().toJSONString());
    assertDamaged();
  }

  @Test
  void a_folder_that_cannot_be_created_is_reported() throws IOException {
    var inTheWay = Files.writeString(parent.resolve("file"), "");
    assertThatThrownBy(() -> withKeyIn(inTheWay, null))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(DevelopmentKeyFile.NAME);
  }

  private void assertDamaged() {
    assertThatThrownBy(() -> withKeyIn(folder(), null))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(file().toString())
        .hasMessageContaining("delete");
  }

  private Path folder() {
    return parent.resolve("data").resolve("keys");
  }

  private Path file() {
    return folder().resolve("development-issuer.jwk");
  }

  private DevelopmentIssuer withKeyIn(Path folder, @Nullable String audience) {
    return DevelopmentIssuer.withKeyIn(folder, ISSUER, audience, clock);
  }
}
