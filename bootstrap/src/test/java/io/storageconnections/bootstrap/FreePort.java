package io.storageconnections.bootstrap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for what cannot take port 0, because it must know its port before it starts, or must listen
 * on the same port again after a pause.
 */
final class FreePort {

  /** Below the ports that operating systems give to clients and to servers on port 0. */
  private static final int FIRST = 20_000;

  private static final int COUNT = 10_000;

  private FreePort() {}

  /**
   * Returns a port that no process uses, and that no process gets unless it asks for this number.
   */
  static int find() {
    for (int attempt = 0; attempt < 100; attempt++) {
      var port = FIRST + ThreadLocalRandom.current().nextInt(COUNT);
      try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException inUse) {
        // The next attempt takes another number.
      }
    }
    throw new AssertionError("100 random ports are all in use");
  }
}
