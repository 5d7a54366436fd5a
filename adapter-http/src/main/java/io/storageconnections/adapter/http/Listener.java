package io.storageconnections.adapter.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;

/**
 * A port that is already ours, before there is anything to answer with. So the addresses of links
 * are known before they are needed, and a port that is taken is noticed before a database is
 * opened.
 */
public final class Listener implements AutoCloseable {

  private final ServerSocketChannel channel;

  private Listener(ServerSocketChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes a port.
   *
   * @param port 1 to 65535, or 0 for any free one
   * @throws UncheckedIOException if the host is unknown or the port is not to be had
   */
  public static Listener on(String host, int port) {
    try {
      var address = new InetSocketAddress(host, port);
      if (address.isUnresolved()) {
        throw new UnknownHostException(host);
      }
      return new Listener(bound(address));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen at " + host + ":" + port, e);
    }
  }

  private static ServerSocketChannel bound(InetSocketAddress address) throws IOException {
    var channel = ServerSocketChannel.open();
    try {
      return channel.bind(address);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** The port, 1 to 65535. */
  public int port() {
    return channel.socket().getLocalPort();
  }

  ServerSocketChannel channel() {
    return channel;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
