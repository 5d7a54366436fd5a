package io.storageconnections.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.port.Verification;
import io.storageconnections.application.port.Verification.Rejected;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which servers have the development routes. */
final class DevelopmentRoutesTest {

  @ParameterizedTest(name = "on {0}, own issuer: {1}, development: {2}, routes: {3}")
  @CsvSource({
    "127.0.0.1, true,  false, true",
    "127.0.0.1, true,  true,  true",
    "127.0.0.1, false, true,  true",
    "127.0.0.1, false, false, false",
    "localhost, false, true,  true",
    "0.0.0.0,   true,  false, false",
    "0.0.0.0,   true,  true,  false",
    "0.0.0.0,   false, true,  false",
    "0.0.0.0,   false, false, false",
  })
  void only_a_server_on_loopback_with_its_own_issuer_or_the_setting_has_the_routes(
      String host, boolean ownIssuer, boolean development, boolean expected)
      throws IOException, InterruptedException {
    var builder = SynchronizationServer.builder().host(host).development(development);
    if (!ownIssuer) {
      builder.tokenVerifier(token -> new Rejected(Verification.Reason.INVALID));
    }
    try (var server = builder.start();
        var http = HttpClient.newHttpClient()) {
      var url = "http://127.0.0.1:" + server.address().getPort() + "/development/requests";
      var answer =
          http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(expected ? 200 : 404);
      assertThat(answer.body()).startsWith(expected ? "{\"requests\":[" : "{\"error\":");
    }
  }
}
