package io.storageconnections.adapter.http;

import io.storageconnections.adapter.http.jetty.ConnectorLimits;
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
 * A TCP port that a process reserves before it starts its server. The process thus knows the port
 * before it builds links, and detects a port in use before it opens a database. Until the server
 * starts to listen, the operating system refuses connections to the port. Thread-safe.
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
   * Reserves a port.
   *
   * @param host an IP address of this machine, or a host name that resolves to one
   * @param port 1 to 65535; 0 for any free port
   * @return the reserved port. The caller closes it, or passes it to a server, which closes it
   * @throws IllegalArgumentException if {@code port} is not from 0 to 65535
   * @throws UncheckedIOException if {@code host} does not resolve to an address, or if the
   *     operating system does not let this process bind the port, for instance because another
   *     process uses it
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

  /** Returns a socket that is bound to {@code address} and never listens. */
  private static SocketChannel reserved(InetSocketAddress address) throws IOException {
    var reservation = SocketChannel.open();
    try {
      // Without this option, a process could not bind the port again soon after a restart, and the
      // server socket could not bind it beside this reservation.
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

  /** {@return whether only this machine can reach the port, because its address is loopback} */
  public boolean isOnLoopback() {
    return address.getAddress().isLoopbackAddress();
  }

  /**
   * Starts to listen. New connections wait in the backlog until the server accepts them. A second
   * call returns the same channel.
   *
   * @throws UncheckedIOException if another process has started to listen at the port since this
   *     process reserved it
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
      // Some operating systems allow only one socket on a port.
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
   * Releases the port. A second call has no effect.
   *
   * @throws UncheckedIOException if the operating system fails to close the socket
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
