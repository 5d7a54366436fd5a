package io.storageconnections.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.adapter.http.fixture.Connection;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

final class BoundSocketTest {

  private static final int CLIENTS = 400;

  /**
   * All clients connect before the server accepts connections, so that the backlog must hold all of
   * them. If it were too short, a client could not connect.
   */
  @Test
  void backlog_holds_400_connections() throws Exception {
    var listener = BoundSocket.on("127.0.0.1", 0);
    var clients = new ArrayList<Connection>();
    try {
      var channel = listener.listen();
      assertThat(channel.isOpen()).isTrue();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(new Connection(listener.port()));
      }
      try (var server = TestServer.at(listener)) {
        assertThat(server.at("/").getPort()).isEqualTo(listener.port());
        for (var client : clients) {
          assertThat(
                  client.askLast(
                      "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
              .startsWith("HTTP/1.1 200 ");
        }
      }
    } finally {
      for (var client : clients) {
        client.close();
      }
      listener.close();
    }
  }
}
