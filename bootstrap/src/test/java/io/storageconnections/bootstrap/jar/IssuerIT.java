package io.storageconnections.bootstrap.jar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.storageconnections.bootstrap.fixture.ApiClient;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The jar with an OpenID Connect issuer that has unusual keys and tokens. */
@Tag("long")
final class IssuerIT {

  private static final String UNKNOWN =
      ApiClient.PATH + "/MWplZe9Uf0iR1IDMqyOMLqBN0_wHEVBGg_CzJmXdmE4";

  private static final String CLAIMS = "\"azp\":\"robot\",\"scp\":[\"itwin-platform\"]";

  @TempDir private Path folder;
  private HttpServer issuer;
  private String name;
  private KeyPair pair;
  private volatile int status = 200;
  @RegisterExtension final JarProcesses jars = new JarProcesses();

  @BeforeEach
  void start() throws IOException, GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    pair = generator.generateKeyPair();
    issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    name = "http://127.0.0.1:" + issuer.getAddress().getPort();
    issuer.createContext(
        "/.well-known/openid-configuration",
        exchange ->
            answer(exchange, "{\"issuer\":\"" + name + "\",\"jwks_uri\":\"" + name + "/keys\"}"));
    issuer.createContext("/keys", exchange -> answer(exchange, keys()));
    issuer.start();
  }

  @AfterEach
  void stop() {
    issuer.stop(0);
  }

  private JarProcess serve(Map<String, String> more) throws IOException {
    var settings = new HashMap<>(more);
    settings.put("STORAGE_CONNECTIONS_HTTP_PORT", "0");
    settings.put("STORAGE_CONNECTIONS_AUTH_ISSUER", name);
    return jars.add(JarProcess.run(folder, settings, "serve"));
  }

  @Test
  void unusable_keys_beside_a_usable_one_are_skipped_and_logged_once() throws Exception {
    var jar = serve(Map.of());
    var url = jar.url();
    for (var i = 0; i < 3; i++) {
      assertThat(status(url, "Bearer " + token("{\"alg\":\"RS256\",\"kid\":\"good\"}", CLAIMS)))
          .isEqualTo(404);
    }
    assertThat(jar.err().lines())
        .hasSize(5)
        .allMatch(line -> line.contains("The server skips a key of issuer " + name));
  }

  @Test
  void keys_that_a_token_names_in_its_header_are_ignored() throws Exception {
    var jar = serve(Map.of());
    var url = jar.url();
    var header =
        "{\"alg\":\"RS256\",\"kid\":\"good\",\"typ\":\"application/at+jwt\",\"jku\":\""
            + name
            + "/elsewhere\",\"x5c\":[\"MIIB\"]}";
    assertThat(status(url, "Bearer " + token(header, CLAIMS))).isEqualTo(404);
  }

  @Test
  void a_token_with_extra_characters_or_a_second_header_gets_401() throws Exception {
    var jar = serve(Map.of());
    var url = jar.url();
    var good = "Bearer " + token("{\"alg\":\"RS256\",\"kid\":\"good\"}", CLAIMS);
    assertThat(status(url, good)).isEqualTo(404);
    for (var tail : new String[] {"%", "=", "*", "é", ".", ",", "%3D", " x", "\tx"}) {
      assertThat(status(url, good + tail)).as(tail).isEqualTo(401);
    }
    assertThat(status(url, good, "")).isEqualTo(401);
    assertThat(status(url, "", good)).isEqualTo(401);
    assertThat(status(url, good, good)).isEqualTo(401);
    assertThat(status(url, "Bearer\t" + good.substring(7))).isEqualTo(401);
    assertThat(status(url, "bearer   " + good.substring(7))).isEqualTo(404);
  }

  @Test
  void at_level_debug_the_log_gives_the_reason_of_a_refusal_and_never_the_token() throws Exception {
    var config = folder.resolve("debug.xml");
    Files.writeString(
        config,
        """
        <configuration>
          <appender name="stderr" class="ch.qos.logback.core.ConsoleAppender">
            <target>System.err</target>
            <encoder><pattern>%level [%X{correlationId}] %msg%n</pattern></encoder>
          </appender>
          <logger name="io.storageconnections.adapter.auth" level="DEBUG"/>
          <root level="WARN"><appender-ref ref="stderr"/></root>
        </configuration>
        """);
    var jar = serve(Map.of("JDK_JAVA_OPTIONS", "-Dlogback.configurationFile=" + config));
    var token = token("{\"alg\":\"RS256\",\"kid\":\"good\"}", "\"azp\":\"robot\",\"scp\":[]");
    assertThat(status(jar.url(), "Bearer " + token)).isEqualTo(401);
    assertThat(jar.err())
        .contains("DEBUG [of-the-test] A token is refused: neither scope nor scp contains")
        .doesNotContain(token.substring(token.lastIndexOf('.') + 1));
  }

  @Test
  void a_failure_to_read_the_keys_is_logged_once_with_its_cause_and_what_to_do() throws Exception {
    status = 404;
    var jar = serve(Map.of());
    var url = jar.url();
    var good = "Bearer " + token("{\"alg\":\"RS256\",\"kid\":\"good\"}", CLAIMS);
    for (var i = 0; i < 5; i++) {
      assertThat(status(url, good)).isEqualTo(503);
    }
    assertThat(jar.err().lines())
        .singleElement()
        .asString()
        .contains(
            "ERROR",
            "Cannot read the keys of issuer " + name,
            "/.well-known/openid-configuration answered 404",
            "Check the issuer's URL");
  }

  private void answer(HttpExchange exchange, String body) throws IOException {
    try (exchange) {
      var bytes = body.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private String keys() {
    var modulus = ((RSAPublicKey) pair.getPublic()).getModulus();
    var rsa =
        "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"" + base64(unsigned(modulus)) + "\",\"kid\":\"";
    return "{\"keys\":["
        + (rsa + "connect\",\"key_ops\":[\"connect\"]},")
        + "{\"kty\":\"RSA\",\"kid\":\"x5c\",\"x5c\":[\"MIIB\"]},"
        + "{\"kty\":\"EC\",\"kid\":\"curve\",\"crv\":\"P-999\",\"x\":\"AA\",\"y\":\"AA\"},"
        + "{\"kid\":\"no-kty\"},"
        + "null,"
        + (rsa + "good\",\"x5c\":[\"broken\"]}]}");
  }

  private static byte[] unsigned(BigInteger number) {
    var bytes = number.toByteArray();
    return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
  }

  private String token(String header, String claims) throws GeneralSecurityException {
    var end = Instant.now().plusSeconds(600).getEpochSecond();
    var all = "{\"iss\":\"" + name + "\",\"exp\":" + end + "," + claims + "}";
    var signed = base64(header.getBytes(UTF_8)) + "." + base64(all.getBytes(UTF_8));
    var signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(pair.getPrivate());
    signature.update(signed.getBytes(UTF_8));
    return signed + "." + base64(signature.sign());
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Sends headers that the JDK's client refuses to send, and returns the status of the answer. */
  private static int status(String url, String... authorizations) throws IOException {
    var request =
        new StringBuilder("GET " + UNKNOWN + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n")
            .append("x-correlation-id: of-the-test\r\n");
    for (var authorization : authorizations) {
      request.append("Authorization: ").append(authorization).append("\r\n");
    }
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), URI.create(url).getPort())) {
      socket.getOutputStream().write(request.append("\r\n").toString().getBytes(UTF_8));
      var answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      return Integer.parseInt(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 ".length() + 3));
    }
  }
}
