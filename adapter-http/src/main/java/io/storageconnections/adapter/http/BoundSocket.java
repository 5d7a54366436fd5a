package io.storageconnections.adapter.http;

import io.storageconnections.adapter.http.server.ConnectorLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A port that is reserved before there is anything to answer with. So the addresses of links are
 * known before they are needed, and a port that is taken is noticed before a database is opened.
 * Until {@link #listen()}, the operating system refuses connections to the port.
 */
public final class BoundSocket implements AutoCloseable {

  private final SocketChannel reservation;
  private final InetSocketAddress address;
  private @Nullable ServerSocketChannel channel;

  private BoundSocket(SocketChannel reservation) throws IOException {
    this.reservation = reservation;
    this.address = (InetSocketAddress) reservation.getLocalAddress();
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
  public static BoundSocket on(String host, int port) {
    try {
      var address = new InetSocketAddress(host, port);
      if (address.isUnresolved()) {
        throw new UnknownHostException(host);
      }
      return new BoundSocket(reserved(address));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen at " + host + ":" + port, e);
    }
  }

  /** A socket that is bound and never listens. */
  private static SocketChannel reserved(InetSocketAddress address) throws IOException {
    var reservation = SocketChannel.open();
    try {
      // As server sockets have it: else a port could not be taken again soon after a restart, nor
      // by a server socket beside the reservation.
      return reservation.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(address);
    } catch (IOException e) {
      reservation.close();
      throw e;
    }
  }

  /** {@return the port, 1 to 65535} */
  public int port() {
    return address.getPort();
  }

  /**
   * Starts to take connections, which wait until the server accepts them. Calling it twice does no
   * harm.
   *
   * @throws UncheckedIOException if another process listens at the port since it was reserved
   */
  synchronized ServerSocketChannel listen() {
    if (channel != null) {
      return channel;
    }
    try {
      channel = boundBesideReservation();
      reservation.close();
      return channel;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot listen at " + address.getHostString() + ":" + address.getPort(), e);
    }
  }

  private ServerSocketChannel boundBesideReservation() throws IOException {
    try {
      return bound(address);
    } catch (BindException e) {
      // Some operating systems admit no second socket on a port.
      reservation.close();
      return bound(address);
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

  /**
   * Lets go of the port. Closing twice does no harm.
   *
   * @throws UncheckedIOException if the operating system will not have it
   */
  @Override
  public synchronized void close() {
    try {
      reservation.close();
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
