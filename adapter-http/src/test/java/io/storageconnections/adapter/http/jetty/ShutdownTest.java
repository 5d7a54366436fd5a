package io.storageconnections.adapter.http.jetty;

import static io.storageconnections.adapter.http.TestServer.CONNECTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.adapter.http.TestServer;
import io.storageconnections.adapter.http.fixture.Connection;
import io.storageconnections.application.contract.InMemoryStorageConnectionStore;
import io.storageconnections.application.port.StorageConnectionStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The graceful shutdown of a server, as clients with open connections observe it. */
final class ShutdownTest {

  private static final String AUTHORIZED = "Host: x\r\nAuthorization: Bearer good\r\n\r\n";

  private final CountDownLatch inFlight = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  @Test
  void answers_during_shutdown_close_their_connection_and_new_connections_are_refused()
      throws Exception {
    var server = TestServer.on(blocking(new InMemoryStorageConnectionStore()));
    int port = server.at("/").getPort();
    try (var busy = new Connection(port);
        var idle = new Connection(port);
        var active = new Connection(port)) {
      for (var connection : new Connection[] {idle, active}) {
        assertThat(connection.ask("GET /health/live HTTP/1.1\r\n" + AUTHORIZED))
            .startsWith("HTTP/1.1 200 ")
            .doesNotContainIgnoringCase("Connection: close");
      }
      busy.send(
          "GET %s/MWplZe9Uf0iR1IDMqyOMLqBN0_wHEVBGg_CzJmXdmE4 HTTP/1.1\r\n%s"
              .formatted(CONNECTIONS, AUTHORIZED));
      assertThat(inFlight.await(60, TimeUnit.SECONDS)).isTrue();
      var closing = new Thread(server::close);
      closing.start();
      awaitRefusal(port);

      assertThat(active.askLast("GET /health/live HTTP/1.1\r\n" + AUTHORIZED))
          .startsWith("HTTP/1.1 200 ")
          .containsIgnoringCase("Connection: close\r\n")
          .endsWith("{\"status\":\"live\"}");
      released.countDown();
      assertThat(busy.rest())
          .startsWith("HTTP/1.1 404 ")
          .containsIgnoringCase("Connection: close\r\n");
      assertThat(idle.rest()).isEmpty();
      closing.join();
    }
  }

  /** Returns a store whose calls wait until the test releases them. */
  private StorageConnectionStore blocking(StorageConnectionStore store) {
    return (StorageConnectionStore)
        Proxy.newProxyInstance(
            ShutdownTest.class.getClassLoader(),
            new Class<?>[] {StorageConnectionStore.class},
            (proxy, method, arguments) -> {
              inFlight.countDown();
              if (!released.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("the test did not release the call");
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            });
  }

  private static void awaitRefusal(int port) throws IOException, InterruptedException {
    for (int i = 0; i < 3_000; i++) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(socket.isConnected()).isTrue();
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (ConnectException refused) {
        return;
      }
    }
    throw new AssertionError("the server still accepts connections");
  }
}
