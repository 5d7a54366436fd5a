package com.example.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HostApplicationTest {

  private static final String CONNECTIONS = "/synchronization/imodels/storageconnections";
  private static final String REQUEST =
      """
      {"iModelId": "7dbd531d-6967-47b2-8945-a722a437ad7a", "sourceFiles": [
        {"storageFileId": "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA", "connectorType": "MSTN"}]}
      """;

  private final HttpClient client = HttpClient.newHttpClient();
  private final HostApplication host = new HostApplication(dataSource(), 0);

  private static JdbcDataSource dataSource() {
    var dataSource = new JdbcDataSource();
    dataSource.setURL("jdbc:h2:mem:example-javalin;DB_CLOSE_DELAY=-1");
    return dataSource;
  }

  @AfterEach
  void stop() {
    host.close();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + host.port() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void users_of_the_host_create_connections_and_its_own_routes_keep_working() throws Exception {
    var request = to(CONNECTIONS).POST(BodyPublishers.ofString(REQUEST));
    assertThat(send(request).statusCode()).isEqualTo(401);
    request.header("Authorization", "Bearer secret-of-ada");
    assertThat(send(request).statusCode()).isEqualTo(201);
    assertThat(send(request).statusCode()).isEqualTo(409);
    assertThat(send(to("/hello")).body()).isEqualTo("hello");
    assertThat(send(to("/nowhere")).body()).isEqualTo("There is no such page.");
  }
}
