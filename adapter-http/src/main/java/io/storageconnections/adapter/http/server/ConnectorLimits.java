package io.storageconnections.adapter.http.server;

import io.storageconnections.application.port.Verification;
import java.time.Duration;
import org.eclipse.jetty.server.HttpConfiguration;

/** The limits on what one connection of a client may send, and on how long it may take. */
public final class ConnectorLimits {

  /** Room for every header beside {@code Authorization}, and for the request line. */
  private static final int OTHER_HEADER_BYTES = 8 * 1024;

  /**
   * The longest request line and header fields together, so that every token that can be good fits.
   */
  public static final int REQUEST_HEADER_BYTES_MAX =
      Verification.TOKEN_LENGTH_MAX + OTHER_HEADER_BYTES;

  /** How long a request's header may take to arrive, from its first byte. */
  public static final Duration REQUEST_HEADER_TIMEOUT = Duration.ofSeconds(30);

  /** For how long nothing of a request's body need arrive, or nothing of its answer be taken. */
  public static final Duration REQUEST_IDLE_TIMEOUT = Duration.ofSeconds(30);

  /**
   * How many clients may wait to be accepted. The kernel lowers it to its own limit ({@code
   * net.core.somaxconn} on Linux, 4,096 by default).
   */
  public static final int ACCEPT_BACKLOG = 1024;

  private ConnectorLimits() {}

  public static void applyTo(HttpConfiguration http) {
    http.setRequestHeaderSize(REQUEST_HEADER_BYTES_MAX);
    http.setIdleTimeout(REQUEST_IDLE_TIMEOUT.toMillis());
  }
}
