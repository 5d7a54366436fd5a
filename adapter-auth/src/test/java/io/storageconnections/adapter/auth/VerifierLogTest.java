package io.storageconnections.adapter.auth;

import static io.storageconnections.adapter.auth.fixture.TestKeys.OTHER_RSA;
import static io.storageconnections.adapter.auth.fixture.TestKeys.RSA;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.storageconnections.adapter.auth.fixture.LogCapture;
import io.storageconnections.adapter.auth.fixture.SettableClock;
import io.storageconnections.adapter.auth.fixture.TestKeys;
import io.storageconnections.adapter.auth.issuer.CachedIssuerKeys;
import io.storageconnections.adapter.auth.issuer.IssuerFailureLog;
import io.storageconnections.adapter.auth.issuer.LoopbackIssuer;
import io.storageconnections.application.port.IssuerUnavailableException;
import io.storageconnections.application.port.Verification.Accepted;
import io.storageconnections.application.port.Verification.Rejected;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.MDC;

/** The log tells the operator why a token is rejected, and why keys cannot be read. */
@Timeout(300)
class VerifierLogTest {

  private static final String AUDIENCE = "https://qa-ims.example/resources";

  private final AtomicInteger tokens = new AtomicInteger();
  private final SettableClock clock = new SettableClock();
  private final LoopbackIssuer issuer = new LoopbackIssuer(RSA);
  private final JwtTokenVerifier verifier =
      JwtTokenVerifier.forIssuer(
          issuer.url(), AUDIENCE, TokenPolicy.NONE, clock, LoopbackIssuer.patientClient());
  private final LogCapture log = new LogCapture(Level.DEBUG);

  @AfterEach
  void close() {
    verifier.close();
    issuer.close();
    log.close();
  }

  // ---- rejected tokens -------------------------------------------------------------------------

  @Test
  void a_token_that_is_accepted_is_not_logged() {
    assertThat(verifier.verify(token(claims -> claims))).isInstanceOf(Accepted.class);
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void a_malformed_token_is_logged_without_its_text() {
    assertRejected("secret.secret.sec%ret", "base64url");
    assertRejected("x".repeat(20_000), "more than 16384 characters");
    assertRejected("e30.e30.e30", "malformed, or it is not signed");
    assertRejected(new PlainJWT(claims().build()).serialize() + "AAAA", "it is not signed");
  }

  @Test
  void an_invalid_claim_is_logged() {
    assertRejected(
        claims -> claims.issuer("https://other.example"),
        "iss claim has value https://other.example, must be " + issuer.url());
    assertRejected(claims -> claims.audience("other"), "aud claim has value [other]", AUDIENCE);
    assertRejected(
        claims -> claims.expirationTime(Date.from(clock.instant().minusSeconds(600))), "Expired");
    assertRejected(
        claims -> claims.notBeforeTime(Date.from(clock.instant().plusSeconds(600))),
        "before use time");
    assertRejected(claims -> claims.expirationTime(null), "missing required claims: [exp]");
    assertRejected(
        claims -> claims.claim("client_id", null).subject(null),
        "none of client_id, azp and sub names its client");
    assertRejected(
        claims -> claims.claim("client_id", List.of("a")),
        "client_id claim has value [a], must be a string");
    assertRejected(
        claims -> claims.claim("scope", "openid"), "neither scope nor scp contains itwin-platform");
  }

  @Test
  void an_unacceptable_header_is_logged() {
    assertRejectedHeader("{\"alg\":\"HS256\"}", "algorithm is not accepted (alg HS256, kid null");
    assertRejectedHeader("{\"alg\":\"RS256\",\"typ\":\"dpop+jwt\"}", "typ (type) dpop+jwt");
    assertRejectedHeader("{\"alg\":\"RS256\",\"crit\":[\"exp\"]}", "an extension (crit)");
  }

  @Test
  void an_unknown_key_and_an_invalid_signature_are_logged() {
    assertRejected(TestKeys.sign(claims().build(), OTHER_RSA), "no matching key", "kid other-rsa");
    var forged =
        TestKeys.sign(
            TestKeys.header(JWSAlgorithm.RS256, RSA).build(), claims().build(), OTHER_RSA);
    assertRejected(forged, "Invalid signature", "kid rsa");
  }

  @Test
  void a_token_can_neither_forge_nor_flood_a_log_line() {
    var text = "a\nERROR forged\u2028\u202e" + "x".repeat(3_000);
    var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(text).build();
    for (var token :
        List.of(
            token(claims -> claims.issuer(text)),
            token(claims -> claims.audience(text)),
            TestKeys.sign(header, claims().build(), OTHER_RSA))) {
      assertRejected(token, "a?ERROR forged??x");
      assertThat(log.lines().getLast())
          .hasSizeLessThan(1_000)
          .doesNotContainPattern("[\\n\\u2028\\u202e]");
    }
  }

  @Test
  void the_log_line_has_the_correlation_id_of_its_request() {
    MDC.put("correlationId", "of-the-request");
    try {
      verifier.verify("malformed");
    } finally {
      MDC.remove("correlationId");
    }
    assertThat(log.events().getFirst().getMDCPropertyMap())
        .containsEntry("correlationId", "of-the-request");
  }

  // ---- failures of the issuer ------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          404 | /.well-known/openid-configuration answered 404 | without a redirect
          302 | /.well-known/openid-configuration answered 302 | without a redirect
          """)
  void another_status_is_logged_with_advice(int status, String cause, String advice) {
    issuer.status = status;
    assertUnavailable(verifier);
    assertThat(errors())
        .singleElement()
        .asString()
        .startsWith("ERROR Cannot read the keys of issuer " + issuer.url() + ": ")
        .contains(cause, "The server knows no keys and answers 503", advice);
  }

  @Test
  void a_discovery_document_of_another_issuer_is_logged_with_its_name() {
    issuer.name = "https://other.example\\nERROR forged";
    assertUnavailable(verifier);
    assertThat(errors())
        .singleElement()
        .asString()
        .contains("describes another issuer: https://other.example?ERROR forged");
  }

  @Test
  void a_text_that_is_not_json_is_logged_with_its_beginning() {
    issuer.keys = "<!DOCTYPE html>\n<title>Log in</title>" + "x".repeat(1_000);
    assertUnavailable(verifier);
    assertThat(errors())
        .singleElement()
        .asString()
        .contains("/keys answered no JSON object", "<!DOCTYPE html>?<title>Log in")
        .hasSizeLessThan(700);
  }

  @Test
  void a_refused_connection_is_logged_with_advice() {
    var gone = issuer.url();
    issuer.close();
    try (var verifier =
        JwtTokenVerifier.forIssuer(
            gone, null, TokenPolicy.NONE, clock, LoopbackIssuer.patientClient())) {
      assertUnavailable(verifier);
    }
    assertThat(errors()).singleElement().asString().contains("ConnectException", "proxy");
  }

  @Test
  void an_unknown_host_is_logged_with_advice() {
    var unknown = URI.create("https://issuer.invalid");
    try (var verifier =
        JwtTokenVerifier.forIssuer(
            unknown, null, TokenPolicy.NONE, clock, LoopbackIssuer.patientClient())) {
      assertUnavailable(verifier);
    }
    assertThat(errors())
        .singleElement()
        .asString()
        .contains("UnresolvedAddressException", "name resolution");
  }

  @Test
  void a_failed_tls_handshake_is_logged_with_advice() throws IOException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      threads.execute(() -> answerWithoutEncryption(server));
      var encrypted = URI.create("https://localhost:" + server.getLocalPort());
      try (var one =
          JwtTokenVerifier.forIssuer(
              encrypted, null, TokenPolicy.NONE, clock, LoopbackIssuer.patientClient())) {
        assertUnavailable(one);
      }
    }
    assertThat(errors()).singleElement().asString().contains("SSLException", "certificate");
  }

  private static void answerWithoutEncryption(ServerSocket server) {
    while (!server.isClosed()) {
      try (var socket = server.accept()) {
        socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
        // Waits until the client closes the connection, because a reset would hide the answer.
        socket.getInputStream().readAllBytes();
      } catch (IOException closed) {
        // The test or the client closed it.
      }
    }
  }

  @Test
  void a_failure_is_logged_once_a_minute_and_not_once_a_request() {
    issuer.status = 500;
    for (var i = 0; i < 100; i++) {
      assertUnavailable(verifier);
    }
    assertThat(errors()).hasSize(1);
    clock.advance(IssuerFailureLog.REPEATED_AFTER);
    assertUnavailable(verifier);
    assertUnavailable(verifier);
    assertThat(errors()).hasSize(2);
  }

  @Test
  void another_failure_and_the_recovery_are_logged_at_once() {
    issuer.status = 500;
    assertUnavailable(verifier);
    issuer.status = 503;
    assertUnavailable(verifier);
    assertThat(errors()).hasSize(2).last().asString().contains("answered 503");
    issuer.status = 200;
    clock.advance(CachedIssuerKeys.RATE_LIMIT_INTERVAL);
    assertThat(verifier.verify(token(claims -> claims))).isInstanceOf(Accepted.class);
    assertThat(log.lines())
        .filteredOn(line -> line.startsWith("INFO"))
        .containsExactly("INFO The server reads the keys of issuer " + issuer.url() + " again");
  }

  @Test
  void an_outage_that_does_not_affect_callers_yet_is_logged_with_the_remaining_time_of_the_keys() {
    assertThat(verifier.verify(token(claims -> claims))).isInstanceOf(Accepted.class);
    issuer.status = 500;
    clock.advance(CachedIssuerKeys.CACHE_TIME.plus(Duration.ofSeconds(1)));
    assertThat(verifier.verify(token(claims -> claims))).isInstanceOf(Accepted.class);
    assertThat(log.lines())
        .filteredOn(line -> line.startsWith("WARN"))
        .singleElement()
        .asString()
        .contains("answered 500", "uses the keys it knows for PT3H", "without a redirect");
  }

  @Test
  void a_stack_trace_is_logged_at_debug_only() {
    issuer.status = 500;
    assertUnavailable(verifier);
    assertThat(log.events())
        .filteredOn(event -> event.getThrowableProxy() != null)
        .extracting(event -> event.getLevel())
        .containsExactly(Level.DEBUG);
  }

  private List<String> errors() {
    return log.lines().stream().filter(line -> line.startsWith("ERROR")).toList();
  }

  private void assertUnavailable(JwtTokenVerifier one) {
    assertThatThrownBy(() -> one.verify(token(claims -> claims)))
        .isInstanceOf(IssuerUnavailableException.class);
  }

  private void assertRejectedHeader(String header, String... reasons) {
    assertRejected(TestKeys.sign(header, claims().build(), RSA), reasons);
  }

  private void assertRejected(UnaryOperator<JWTClaimsSet.Builder> change, String... reasons) {
    assertRejected(token(change), reasons);
  }

  private void assertRejected(String token, String... reasons) {
    var before = log.lines().size();
    assertThat(verifier.verify(token)).isInstanceOf(Rejected.class);
    assertThat(log.lines()).hasSize(before + 1);
    var line = log.lines().getLast();
    assertThat(line).startsWith("DEBUG A token is refused: ").contains(reasons);
    for (var part : token.split("\\.", -1)) {
      assertThat(line).doesNotContain(part);
    }
  }

  private String token(UnaryOperator<JWTClaimsSet.Builder> change) {
    return TestKeys.sign(change.apply(claims()).build(), RSA);
  }

  private JWTClaimsSet.Builder claims() {
    return issuer.claims(clock).jwtID("token-" + tokens.incrementAndGet());
  }
}
