package io.storageconnections.adapter.http.jetty;

import io.storageconnections.application.port.Verification;
import java.time.Duration;
import org.eclipse.jetty.server.HttpConfiguration;

/** The limits of each TCP connection: the sizes of requests, and timeouts. */
public final class ConnectorLimits {

  /** The bytes for the request line and all headers other than {@code Authorization}. */
  private static final int OTHER_HEADER_BYTES = 8 * 1024;

  /**
   * The greatest length of the request line and all header fields together, in bytes. The longest
   * valid token fits.
   */
  public static final int REQUEST_HEADER_BYTES_MAX =
      Verification.TOKEN_LENGTH_MAX + OTHER_HEADER_BYTES;

  /** The time in which the header of a request must arrive, from its first byte to its last. */
  public static final Duration REQUEST_HEADER_TIMEOUT = Duration.ofSeconds(30);

  /**
   * The longest time for which no byte of a request arrives, or the client reads no byte of an
   * answer.
   */
  public static final Duration REQUEST_IDLE_TIMEOUT = Duration.ofSeconds(30);

  /**
   * The number of new connections that may wait until the server accepts them. The kernel lowers it
   * to its own limit ({@code net.core.somaxconn} on Linux, 4,096 by default).
   */
  public static final int ACCEPT_BACKLOG = 1024;

  private ConnectorLimits() {}

  /** Applies the limits to a connector. */
  public static void applyTo(HttpConfiguration http) {
    http.setRequestHeaderSize(REQUEST_HEADER_BYTES_MAX);
    http.setIdleTimeout(REQUEST_IDLE_TIMEOUT.toMillis());
  }
}
