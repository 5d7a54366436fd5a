package io.storageconnections.adapter.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerUrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://ims.example",
        "https://ims.example/",
        "https://ims.example:8443/realms/a",
        "HTTPS://ims.example",
        "https://192.0.2.1",
        "http://localhost:8080",
        "http://LOCALHOST:8080",
        "http://127.0.0.1:8080/realm",
        "http://127.255.255.254",
        "http://[::1]:8080"
      })
  void an_https_or_loopback_url_is_accepted(String text) {
    assertThat(IssuerUrl.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://ims.example | loopback",
        "http://192.0.2.1 | loopback",
        "http://128.0.0.1 | loopback",
        "http://10.0.0.1 | loopback",
        "http://[::2] | loopback",
        "http://localhost.example | loopback",
        "http://127.0.0.1.example | loopback",
        "http://notlocalhost | loopback",
        "http://0.0.0.0 | loopback",
        "ftp://ims.example | https",
        "file:///issuer | https",
        "mailto:a@ims.example | https",
        "ims.example | https",
        "/issuer | https",
        "'' | https",
        "https:///issuer | host",
        "https:issuer | host",
        "https://ims.example: | port",
        "https://ims.example:0 | port",
        "https://ims.example:65536 | port",
        "https://user:word@ims.example | user information",
        "http://user@localhost | user information",
        "https://ims.example?a=b | query",
        "https://ims.example? | query",
        "https://ims.example#a | fragment",
        "https://ims.example# | fragment",
        "https://ims example | URL"
      })
  void another_url_is_refused_with_the_reason(String text, String reason) {
    assertThatThrownBy(() -> IssuerUrl.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("an issuer's URL must")
        .hasMessageContaining(reason);
  }

  @Test
  void a_password_is_not_repeated() {
    assertThatThrownBy(() -> IssuerUrl.parse("https://user:open sesame@ims.example"))
        .hasMessageNotContaining("sesame")
        .hasNoCause();
    assertThatThrownBy(() -> IssuerUrl.parse("https://user:sesame@ims.example"))
        .hasMessageNotContaining("sesame");
  }
}
