package io.storageconnections.bootstrap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A TCP proxy that can swallow what passes, as a network does whose other end crashed: connections
 * stay open, and no byte arrives.
 */
final class SwallowingProxy implements AutoCloseable {

  private final ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
  private final int target;
  private final List<Passage> passages = new CopyOnWriteArrayList<>();
  private volatile boolean swallows;

  private SwallowingProxy(int target) throws IOException {
    this.target = target;
    Thread.ofVirtual().start(this::accept);
  }

  static SwallowingProxy before(int port) throws IOException {
    return new SwallowingProxy(port);
  }

  int port() {
    return server.getLocalPort();
  }

  /** From now on, nothing passes: neither on connections that are open nor on new ones. */
  void swallow() {
    swallows = true;
    passages.forEach(passage -> passage.isCut = true);
  }

  /** From now on, new connections work; those that were cut never do again. */
  void pass() {
    swallows = false;
  }

  private void accept() {
    try {
      while (!server.isClosed()) {
        var passage = new Passage(server.accept(), swallows);
        passages.add(passage);
        Thread.ofVirtual().start(passage::open);
      }
    } catch (IOException closed) {
      // The end of the proxy.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (var passage : passages) {
      passage.close();
    }
  }

  private final class Passage {

    private final Socket near;
    private final Socket far = new Socket();
    private volatile boolean isCut;

    Passage(Socket near, boolean isCut) {
      this.near = near;
      this.isCut = isCut;
    }

    void open() {
      try {
        if (!isCut) {
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
          if (!isCut) {
            to.getOutputStream().write(buffer, 0, length);
          }
        }
      } catch (IOException ended) {
        // As the end of the stream does.
      }
      if (!isCut) {
        close();
      }
    }

    void close() {
      try (near;
          far) {
        isCut = true;
      } catch (IOException e) {
        // Closed enough.
      }
    }
  }
}
