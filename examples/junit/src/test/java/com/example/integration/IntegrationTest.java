package com.example.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.storageconnections.junit.StorageConnections;
import io.storageconnections.junit.TokenMint;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** Tests an integration against a server that the extension starts for this class. */
@StorageConnections
final class IntegrationTest {

  private static final String REQUEST =
      """
      {"iModelId": "7dbd531d-6967-47b2-8945-a722a437ad7a", "sourceFiles": [
        {"storageFileId": "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA", "connectorType": "MSTN"}]}
      """;

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI server;
  private final TokenMint tokens;

  IntegrationTest(URI server, TokenMint tokens) {
    this.server = server;
    this.tokens = tokens;
  }

  @Test
  void a_drawing_can_be_mapped_to_an_imodel_only_once() throws Exception {
    assertEquals(201, create().statusCode());
    assertEquals(409, create().statusCode());
  }

  private HttpResponse<String> create() throws Exception {
    var request =
        HttpRequest.newBuilder(server.resolve("/synchronization/imodels/storageconnections"))
            .header("Authorization", "Bearer " + tokens.token("integration"))
            .POST(BodyPublishers.ofString(REQUEST))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }
}
