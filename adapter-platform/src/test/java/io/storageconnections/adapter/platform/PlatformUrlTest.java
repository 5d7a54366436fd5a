package io.storageconnections.adapter.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PlatformUrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.example.org",
        "https://api.example.org:8443",
        "HTTPS://api.example.org",
        "http://localhost:8080",
        "http://127.0.0.1:8080",
        "http://127.1.2.3",
        "http://[::1]:8080"
      })
  void a_platform_has_an_https_url_or_an_http_url_on_loopback(String url) {
    assertThat(PlatformUrl.parse(url)).hasToString(url);
  }

  @Test
  void a_slash_at_the_end_is_removed() {
    assertThat(PlatformUrl.parse("https://api.example.org/"))
        .hasToString("https://api.example.org")
        .isEqualTo(PlatformUrl.parse("https://api.example.org"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://api.example.org, must begin with https://",
    "http://localhost.example.org, must begin with https://",
    "http://127.0.0.1.example.org, must begin with https://",
    "http://10.0.0.1, must begin with https://",
    "ftp://api.example.org, must begin with https://",
    "api.example.org, must begin with https://",
    "https:///imodels, must name a host",
    "https://api.example.org:0, must have a port",
    "https://api.example.org:65536, must have a port",
    "https://api.example.org:, must have a port",
    "https://secret@api.example.org, must not have user information",
    "https://api.example.org/secret, must not have a path",
    "https://api.example.org//, must not have a path",
    "https://api.example.org?secret, must not have a query",
    "https://api.example.org#secret, must not have a fragment",
    "https://api.example.org/secret value, must be a URL"
  })
  void another_url_is_refused_without_repeating_it(String url, String reason) {
    assertThatThrownBy(() -> PlatformUrl.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason)
        .hasMessageNotContaining("secret")
        .hasNoCause();
  }

  @Test
  void a_platform_on_this_machine_is_known_by_its_url() {
    assertThat(PlatformUrl.parse("https://localhost").isOnLoopback()).isTrue();
    assertThat(PlatformUrl.parse("http://[::1]:1").isOnLoopback()).isTrue();
    assertThat(PlatformUrl.parse("https://api.example.org").isOnLoopback()).isFalse();
  }
}
