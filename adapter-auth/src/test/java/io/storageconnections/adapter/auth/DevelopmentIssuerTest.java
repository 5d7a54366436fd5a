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
import io.storageconnections.application.port.TokenVerifier.Reason;
import io.storageconnections.application.port.TokenVerifier.Verification.Accepted;
import io.storageconnections.application.port.TokenVerifier.Verification.Rejected;
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
    var issuer = keptIn(folder(), "api");
    try (var verifier = JwtTokenVerifier.forDevelopment(issuer, "api", clock)) {
      var token = issuer.issue("my app");
      assertThat(verifier.verify(token.value())).isEqualTo(new Accepted(new Caller("my app")));
      clock.advance(Duration.ofHours(1).plusSeconds(59));
      assertThat(verifier.verify(token.value())).isEqualTo(new Accepted(new Caller("my app")));
      clock.advance(Duration.ofSeconds(1));
      assertThat(verifier.verify(token.value())).isEqualTo(new Rejected(Reason.INVALID));
    }
  }

  @Test
  void its_verifier_refuses_the_tokens_of_another_one() {
    var issuer = keptIn(folder(), null);
    var sameName = keptIn(parent.resolve("other"), null);
    var sameKey =
        DevelopmentIssuer.withKeyIn(folder(), URI.create("http://localhost:9090"), null, clock);
    try (var verifier = JwtTokenVerifier.forDevelopment(issuer, null, clock)) {
      for (var other : List.of(sameName, sameKey)) {
        assertThat(verifier.verify(other.issue("my app").value()))
            .isEqualTo(new Rejected(Reason.INVALID));
      }
    }
  }

  @Test
  void its_verifier_asks_for_the_audience() {
    var issuer = keptIn(folder(), null);
    try (var verifier = JwtTokenVerifier.forDevelopment(issuer, "api", clock)) {
      assertThat(verifier.verify(issuer.issue("my app").value()))
          .isEqualTo(new Rejected(Reason.INVALID));
    }
  }

  @Test
  void a_token_says_what_it_should() throws Exception {
    var issuer = keptIn(folder(), "api");
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
  void two_tokens_have_two_ids() throws ParseException {
    var issuer = keptIn(folder(), null);
    var ids = new HashSet<String>();
    for (var i = 0; i < 10; i++) {
      ids.add(SignedJWT.parse(issuer.issue("my app").value()).getJWTClaimsSet().getJWTID());
    }
    assertThat(ids).hasSize(10);
  }

  @Test
  void a_token_has_no_audience_if_none_is_configured() throws ParseException {
    var token = SignedJWT.parse(keptIn(folder(), null).issue("my app").value());
    assertThat(token.getJWTClaimsSet().getClaims()).doesNotContainKey("aud");
  }

  @Test
  void a_token_needs_a_client() {
    var issuer = keptIn(folder(), null);
    assertThatThrownBy(() -> issuer.issue(" ")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothing_public_is_secret() throws Exception {
    var issuer = keptIn(folder(), null);
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
    var first = keptIn(folder(), null);
    var second = keptIn(folder(), null);
    assertThat(second.publicKeys()).isEqualTo(first.publicKeys());
    try (var verifier = JwtTokenVerifier.forDevelopment(second, null, clock)) {
      assertThat(verifier.verify(first.issue("my app").value()))
          .isEqualTo(new Accepted(new Caller("my app")));
    }
  }

  @Test
  void those_who_begin_at_once_get_the_same_key() throws Exception {
    var publicKeys = new HashSet<String>();
    var count = 8;
    var together = new CyclicBarrier(count);
    var begun = new ArrayList<Future<String>>();
    try (var threads = Executors.newFixedThreadPool(count)) {
      for (var i = 0; i < count; i++) {
        begun.add(
            threads.submit(() -> {
              together.await();
              return keptIn(folder(), null).publicKeys();
            }));
      }
    }
    for (var one : begun) {
      publicKeys.add(one.get());
    }
    publicKeys.add(keptIn(folder(), null).publicKeys());
    assertThat(publicKeys).hasSize(1);
    assertThat(folder()).isDirectoryContaining("glob:**.jwk");
    try (var files = Files.list(folder())) {
      assertThat(files).containsExactly(file());
    }
  }

  @Test
  void a_start_deletes_the_drafts_of_processes_that_were_killed_long_ago() throws IOException {
    keptIn(folder(), null);
    var old = Files.createFile(folder().resolve("development-issuer.jwk1.draft"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    var another = Files.createFile(folder().resolve("development-issuer.jwk2.draft"));
    keptIn(folder(), null);
    try (var files = Files.list(folder())) {
      assertThat(files).containsExactlyInAnyOrder(file(), another);
    }
  }

  @Test
  void the_file_is_for_its_owner_only() throws IOException {
    assumeTrue(parent.getFileSystem().supportedFileAttributeViews().contains("posix"));
    keptIn(folder(), null);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rubbish",
        "{}",
        "null",
        "[]",
        "{\"kty\":\"RSA\"}",
        "{\"kty\":\"oct\",\"k\":\"AA\"}"
      })
  void a_damaged_file_is_reported_and_left_alone(String damaged) throws IOException {
    Files.createDirectories(folder());
    Files.writeString(file(), damaged);
    assertDamaged();
    assertThat(Files.readString(file())).isEqualTo(damaged);
  }

  @Test
  void a_file_cut_short_is_damaged() throws IOException {
    keptIn(folder(), null);
    var whole = Files.readString(file());
    Files.writeString(file(), whole.substring(0, whole.length() / 2));
    assertDamaged();
  }

  @Test
  void a_file_that_is_no_text_is_damaged() throws IOException {
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
  void a_folder_that_cannot_be_is_reported() throws IOException {
    var inTheWay = Files.writeString(parent.resolve("file"), "");
    assertThatThrownBy(() -> keptIn(inTheWay, null))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(DevelopmentKeyFile.NAME);
  }

  private void assertDamaged() {
    assertThatThrownBy(() -> keptIn(folder(), null))
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

  private DevelopmentIssuer keptIn(Path folder, @Nullable String audience) {
    return DevelopmentIssuer.withKeyIn(folder, ISSUER, audience, clock);
  }
}
