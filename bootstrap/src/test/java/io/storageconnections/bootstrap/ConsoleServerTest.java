package io.storageconnections.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.adapter.auth.TokenPolicy;
import io.storageconnections.adapter.http.ConsoleOrigin;
import io.storageconnections.application.port.Permission;
import io.storageconnections.application.port.Verification;
import io.storageconnections.application.port.Verification.Rejected;
import io.storageconnections.bootstrap.fixture.ApiClient;
import io.storageconnections.bootstrap.fixture.Await;
import io.storageconnections.bootstrap.fixture.Metrics;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which servers have the console, and what it learns of its server. */
final class ConsoleServerTest {

  private static final String CONFIGURATION = "/console/configuration.json";

  private static HttpResponse<String> get(SynchronizationServer server, String path) {
    return new ApiClient(server.address().toString(), "none").get(server.address() + path);
  }

  private static String configuration(SynchronizationServerBuilder builder) {
    try (var server = builder.console(true).start()) {
      return get(server, CONFIGURATION)
          .body()
          .replace(server.url().toString(), "http://server")
          .replace(BuildInfo.read().version(), "1.2.3");
    }
  }

  @Test
  void a_server_has_the_console_only_if_its_host_asks_for_it() {
    try (var server = SynchronizationServer.builder().start()) {
      assertThat(server.consoleUrl()).isEmpty();
      assertThat(get(server, "/console").statusCode()).isEqualTo(404);
      assertThat(get(server, CONFIGURATION).statusCode()).isEqualTo(404);
    }
    try (var server = SynchronizationServer.builder().console(true).start()) {
      assertThat(server.consoleUrl()).contains(URI.create(server.url() + "/console"));
      assertThat(get(server, "/console").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void with_the_development_issuer_users_need_no_other_one() {
    assertThat(configuration(SynchronizationServer.builder()))
        .isEqualTo(
            "{\"developmentIssuer\":true,\"issuer\":null,\"clientId\":null,\"scope\":\"openid"
                + " offline_access itwin-platform\",\"platformUrl\":null,\"publicUrl\":"
                + "\"http://server\",\"version\":\"1.2.3\"}");
  }

  @Test
  void with_an_issuer_and_a_platform_users_sign_in_there() {
    var builder =
        SynchronizationServer.builder()
            .publicUrl(URI.create("https://sync.example.org"))
            .issuer(URI.create("https://ims.example.org/realm"))
            .consoleClient("console-1")
            .policy(
                new TokenPolicy(
                    Map.of(
                        Permission.READ, Set.of("sync.read"), Permission.RUN, Set.of("sync.run"))))
            .platform(URI.create("https://api.example.org"), true, Duration.ZERO)
            .consoleOrigins(List.of(ConsoleOrigin.parse("https://uploads.example.org")))
            .console(true);
    try (var server = builder.start()) {
      var answer = get(server, CONFIGURATION);
      assertThat(answer.body())
          .startsWith(
              "{\"developmentIssuer\":false,\"issuer\":\"https://ims.example.org/realm\","
                  + "\"clientId\":\"console-1\",\"scope\":\"openid offline_access itwin-platform"
                  + " sync.read sync.run\",\"platformUrl\":\"https://api.example.org\","
                  + "\"publicUrl\":\"https://sync.example.org\",");
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains(
              "connect-src 'self' https://ims.example.org https://api.example.org"
                  + " https://sync.example.org https://uploads.example.org;");
      assertThat(server.consoleUrl()).contains(URI.create("https://sync.example.org/console"));
    }
  }

  @Test
  void with_a_verifier_of_the_host_users_paste_a_token() {
    assertThat(
            configuration(
                SynchronizationServer.builder()
                    .tokenVerifier(token -> new Rejected(Verification.Reason.INVALID))))
        .startsWith("{\"developmentIssuer\":false,\"issuer\":null,\"clientId\":null,");
  }

  @Test
  void the_metrics_have_one_route_for_all_files_of_the_console() throws Exception {
    try (var server =
        SynchronizationServer.builder().console(true).management("127.0.0.1", 0).start()) {
      for (int i = 0; i < 5; i++) {
        get(server, "/console/no-file-" + i + ".js");
      }
      get(server, "/console");
      var management = server.managementAddress().orElseThrow();
      Await.until(
          Duration.ofSeconds(30),
          "the requests are counted",
          () ->
              Metrics.of(management)
                          .value(
                              "http_server_requests_seconds_count{method=\"GET\",status=\"404\","
                                  + "uri=\"/console/<file>\"}")
                      == 5
                  && Metrics.of(management)
                          .value(
                              "http_server_requests_seconds_count{method=\"GET\",status=\"200\","
                                  + "uri=\"/console\"}")
                      == 1);
    }
  }
}
