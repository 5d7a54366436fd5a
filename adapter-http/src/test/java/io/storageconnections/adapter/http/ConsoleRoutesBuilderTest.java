package io.storageconnections.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.storageconnections.adapter.http.link.BaseUrl;
import io.storageconnections.adapter.http.link.Links;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page learns of its server, and which origins it may call. */
final class ConsoleRoutesBuilderTest {

  private static ConsoleRoutesBuilder local() {
    return ConsoleRoutes.builder(Links.at("http://127.0.0.1:8080"), "1.2.3");
  }

  private static HttpResponse<byte[]> configuration(ConsoleRoutesBuilder console) {
    try (var server = TestServer.with(console.build())) {
      return server.bytes("/console/configuration.json");
    }
  }

  private static String json(ConsoleRoutesBuilder console) {
    return new String(configuration(console).body(), UTF_8);
  }

  private static String origins(ConsoleRoutesBuilder console) {
    var policy =
        configuration(console).headers().firstValue("Content-Security-Policy").orElseThrow();
    return policy.replaceFirst(".*connect-src 'self'", "").replaceFirst(";.*", "").strip();
  }

  @Test
  void without_an_issuer_users_paste_a_token() {
    assertThat(json(local()))
        .isEqualTo(
            "{\"developmentIssuer\":false,\"issuer\":null,\"clientId\":null,\"scope\":\"openid"
                + " offline_access itwin-platform\",\"platformUrl\":null,\"publicUrl\":"
                + "\"http://127.0.0.1:8080\",\"version\":\"1.2.3\"}");
  }

  @Test
  void with_the_development_issuer_there_is_no_other_issuer() {
    var console =
        local().issuer(URI.create("https://ims.example.org"), "console").developmentIssuer();
    assertThat(json(console))
        .startsWith("{\"developmentIssuer\":true,\"issuer\":null,\"clientId\":null,");
  }

  @Test
  void an_issuer_has_a_client_or_none() {
    var issuer = URI.create("https://ims.example.org/realm");
    assertThat(json(local().developmentIssuer().issuer(issuer, "console")))
        .startsWith(
            "{\"developmentIssuer\":false,\"issuer\":\"https://ims.example.org/realm\","
                + "\"clientId\":\"console\",");
    assertThat(json(local().issuer(issuer, null))).contains("\"clientId\":null,");
  }

  @Test
  void the_scope_has_the_names_of_the_policy_that_can_be_scopes() {
    assertThat(json(local().scopes(Set.of("runs.start", "Rollen-Prüfer", "a\"b", "openid"))))
        .contains("\"scope\":\"openid offline_access itwin-platform runs.start\"");
  }

  @Test
  void a_platform_has_the_imodels_and_files() {
    assertThat(json(local().platform(URI.create("https://api.example.org"))))
        .contains("\"platformUrl\":\"https://api.example.org\"");
  }

  @Test
  void the_page_may_call_each_origin_once() {
    var links =
        new Links(
            BaseUrl.parse("https://sync.example.org"), BaseUrl.parse("https://api.example.org"));
    assertThat(
            origins(
                ConsoleRoutes.builder(links, "1")
                    .issuer(URI.create("HTTPS://IMS.example.org/a/b"), null)
                    .platform(URI.create("https://api.example.org"))
                    .origins(
                        List.of(
                            ConsoleOrigin.parse("https://sync.example.org"),
                            ConsoleOrigin.parse("http://localhost:9000")))))
        .isEqualTo(
            "https://ims.example.org https://api.example.org https://sync.example.org"
                + " http://localhost:9000");
  }

  /** Browsers report an IPv6 address in a policy as an error; the page's own origin is in it. */
  @Test
  void the_policy_has_no_ipv6_address() {
    assertThat(origins(ConsoleRoutes.builder(Links.at("http://[::1]:8080"), "1"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example.org, https://a.example.org",
    "https://a.example.org:8443/, https://a.example.org:8443",
    "http://localhost:9000, http://localhost:9000",
    "http://127.0.0.2, http://127.0.0.2",
  })
  void an_origin_is_https_or_on_a_loopback_address(String text, String origin) {
    assertThat(ConsoleOrigin.parse(text).text()).isEqualTo(origin);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://a.example.org",
        "https://a.example.org/path",
        "https://a.example.org?q",
        "https://me@a.example.org",
        "https://*.example.org",
        "https://[::1]:8080",
        "http://[::1]:8080",
        "wss://a.example.org",
        "a.example.org",
        "https://a.example.org; script-src *",
        "*",
        "'self'",
        ""
      })
  void other_texts_are_refused(String text) {
    assertThatThrownBy(() -> ConsoleOrigin.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
