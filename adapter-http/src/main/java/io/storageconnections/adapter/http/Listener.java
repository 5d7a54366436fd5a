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
   * @param host an address of this machine, or a name of one
   * @param port 1 to 65535, or 0 for any free one
   * @return the port, which its caller closes, or the server that is given it
   * @throws IllegalArgumentException if {@code port} is out of its range
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
      return channel.bind(address, ConnectorLimits.ACCEPT_BACKLOG);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** {@return the port, 1 to 65535} */
  public int port() {
    return channel.socket().getLocalPort();
  }

  ServerSocketChannel channel() {
    return channel;
  }

  /**
   * Lets go of the port. Closing twice does no harm.
   *
   * @throws UncheckedIOException if the operating system will not have it
   */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
