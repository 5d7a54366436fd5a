package io.storageconnections.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

final class BoundSocketTest {

  private static final int CLIENTS = 400;

  /**
   * They connect while nothing accepts yet, so that all of them must wait at once. One that found
   * no room would not get connected.
   */
  @Test
  void four_hundred_clients_that_connect_at_once_are_all_answered() throws Exception {
    var listener = BoundSocket.on("127.0.0.1", 0);
    var clients = new ArrayList<Connection>();
    try {
      var waiting = listener.listen();
      assertThat(waiting.isOpen()).isTrue();
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
