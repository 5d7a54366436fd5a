package com.example.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.storageconnections.domain.connection.Limits;
import io.storageconnections.junit.StorageConnectionsExtension;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests an integration against servers with limits and a fixed clock, a new one for each test. */
final class LimitsTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final String DRAWING = "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA";
  private static final String OTHER_DRAWING = "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cQ";

  @RegisterExtension
  static final StorageConnectionsExtension SERVER =
      StorageConnectionsExtension.builder()
          .limits(new Limits(1, 0))
          .clock(Clock.fixed(NOW, ZoneOffset.UTC))
          .freshForEachTest()
          .build();

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void an_imodel_has_one_connection_at_most() throws Exception {
    assertEquals(201, create(DRAWING).statusCode());
    assertEquals(422, create(OTHER_DRAWING).statusCode());
  }

  @Test
  void a_new_server_has_no_connections() throws Exception {
    assertEquals(201, create(DRAWING).statusCode());
  }

  @Test
  void a_token_expires_one_hour_after_the_time_of_the_clock() {
    var payload = SERVER.token("integration").split("\\.", -1)[1];
    var claims = new String(Base64.getUrlDecoder().decode(payload), UTF_8);
    var expiry = "\"exp\":" + NOW.plus(Duration.ofHours(1)).getEpochSecond();
    assertTrue(claims.contains(expiry), claims);
  }

  private HttpResponse<String> create(String storageFileId) throws Exception {
    var body =
        """
        {"iModelId": "7dbd531d-6967-47b2-8945-a722a437ad7a", "sourceFiles": [
          {"storageFileId": "%s", "connectorType": "MSTN"}]}
        """
            .formatted(storageFileId);
    var request =
        HttpRequest.newBuilder(SERVER.url().resolve("/synchronization/imodels/storageconnections"))
            .header("Authorization", "Bearer " + SERVER.token("integration"))
            .POST(BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }
}
