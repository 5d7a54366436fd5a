package io.storageconnections.bootstrap.jar;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A TCP proxy that can drop all bytes, like a network whose other end has crashed: connections stay
 * open, and no byte arrives.
 */
final class PacketDroppingProxy implements AutoCloseable {

  private final ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
  private final int target;
  private final List<Tunnel> tunnels = new CopyOnWriteArrayList<>();
  private volatile boolean isDropping;

  private PacketDroppingProxy(int target) throws IOException {
    this.target = target;
    Thread.ofVirtual().start(this::accept);
  }

  static PacketDroppingProxy before(int port) throws IOException {
    return new PacketDroppingProxy(port);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Drops all bytes from now on, on open and on new connections. */
  void startDropping() {
    isDropping = true;
    tunnels.forEach(tunnel -> tunnel.isBroken = true);
  }

  /** New connections work from now on; connections whose bytes were dropped never work again. */
  void stopDropping() {
    isDropping = false;
  }

  private void accept() {
    try {
      while (!server.isClosed()) {
        var tunnel = new Tunnel(server.accept(), isDropping);
        tunnels.add(tunnel);
        Thread.ofVirtual().start(tunnel::open);
      }
    } catch (IOException closed) {
      // The proxy was closed.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (var tunnel : tunnels) {
      tunnel.close();
    }
  }

  private final class Tunnel {

    private final Socket near;
    private final Socket far = new Socket();
    private volatile boolean isBroken;

    Tunnel(Socket near, boolean isBroken) {
      this.near = near;
      this.isBroken = isBroken;
    }

    void open() {
      try {
        if (!isBroken) {
          far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
          Thread.ofVirtual().start(() -> pump(far, near));
        }
        pump(near, far);
      } catch (IOException e) {
        close();
      }
    }

    private void pump(Socket from, Socket to) {
      try {
        var buffer = new byte[8192];
        var in = from.getInputStream();
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
          if (!isBroken) {
            to.getOutputStream().write(buffer, 0, length);
          }
        }
      } catch (IOException ended) {
        // Like the end of the stream.
      }
      if (!isBroken) {
        close();
      }
    }

    void close() {
      try (near;
          far) {
        isBroken = true;
      } catch (IOException e) {
        // The test is over.
      }
    }
  }
}
