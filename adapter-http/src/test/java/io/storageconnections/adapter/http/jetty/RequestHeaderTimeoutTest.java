package io.storageconnections.adapter.http.jetty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.adapter.http.fixture.Connection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RequestHeaderTimeoutTest {

  private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final CountDownLatch inFlight = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  @BeforeEach
  void start() throws Exception {
    connector.addBean(new RequestHeaderTimeout(connector, Duration.ofMillis(1)));
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws Exception {
            if (request.getMethod().equals("PUT")) {
              inFlight.countDown();
              assertThat(released.await(60, TimeUnit.SECONDS)).isTrue();
              Content.Source.consumeAll(request);
            }
            response.write(true, ByteBuffer.wrap("ok".getBytes(US_ASCII)), callback);
            return true;
          }
        });
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  @Test
  void connection_whose_request_header_arrives_too_slowly_is_closed() throws Exception {
    try (var slow = new Connection(connector.getLocalPort())) {
      slow.send("GET / HTTP/1.1\r\nHost: x\r\nX: ");
      assertThat(bytesUntilClosed(slow)).isLessThan(8_000);
    }
  }

  @Test
  void other_connections_stay_open() throws Exception {
    int port = connector.getLocalPort();
    try (var slow = new Connection(port);
        var fresh = new Connection(port);
        var kept = new Connection(port);
        var busy = new Connection(port)) {
      assertThat(kept.ask(GET)).startsWith("HTTP/1.1 200 ");
      busy.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{");
      assertThat(inFlight.await(60, TimeUnit.SECONDS)).isTrue();
      slow.send("G");
      // One check looks at all connections, so it has also checked the others.
      bytesUntilClosed(slow);
      assertThat(fresh.ask(GET)).startsWith("HTTP/1.1 200 ");
      assertThat(kept.ask(GET)).startsWith("HTTP/1.1 200 ");
      released.countDown();
      assertThat(busy.ask("}")).startsWith("HTTP/1.1 200 ");
    }
  }

  /** Sends bytes until the server closes the connection, but fewer than the header may have. */
  private static int bytesUntilClosed(Connection slow) throws InterruptedException {
    for (int sent = 0; sent < 8_000; sent++) {
      try {
        slow.send("x");
      } catch (IOException closed) {
        return sent;
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
    return 8_000;
  }
}
