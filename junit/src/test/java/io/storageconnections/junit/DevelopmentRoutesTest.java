package io.storageconnections.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The server of the extension has the development routes. */
final class DevelopmentRoutesTest {

  @RegisterExtension
  private static final StorageConnectionsExtension OF_ANOTHER_ISSUER =
      StorageConnectionsExtension.builder()
          .configure(server -> server.issuer(URI.create("https://ims.example.org")))
          .build();

  @Test
  void a_test_reads_what_its_client_sent_also_with_another_issuer()
      throws IOException, InterruptedException {
    var server = OF_ANOTHER_ISSUER.url();
    try (var http = HttpClient.newHttpClient()) {
      http.send(
          HttpRequest.newBuilder(server.resolve("/what-my-client-sent")).build(),
          BodyHandlers.discarding());
      var log =
          http.send(
                  HttpRequest.newBuilder(server.resolve("/development/requests")).build(),
                  BodyHandlers.ofString())
              .body();
      assertThat(log).contains("\"path\":\"/what-my-client-sent\"");
    }
  }
}
