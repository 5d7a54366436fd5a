package io.storageconnections.adapter.http;

import io.javalin.Javalin;
import io.storageconnections.adapter.http.jetty.ConnectorLimits;
import io.storageconnections.adapter.http.jetty.RequestHeaderTimeout;
import io.storageconnections.adapter.http.management.ManagementEndpoints;
import io.storageconnections.adapter.http.management.ManagementErrorHandler;
import io.storageconnections.adapter.http.port.ManagementPages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * An HTTP server for the operator: {@code /health/live}, {@code /health/ready}, {@code /metrics}
 * and {@code /info}. It has a port and threads of its own, so that it answers while the port of the
 * API is overloaded. Its routes need no token. Thread-safe.
 */
public final class ManagementServer implements AutoCloseable {

  /** One accepts connections, one selects, and the others answer. */
  private static final int THREADS = 6;

  /** More connections wait until one is closed, so that they leave files to the port of the API. */
  private static final int CONNECTIONS_MAX = 64;

  /** An operator's tools read an answer at once; a client that does not must not keep a thread. */
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(5);

  private final Javalin javalin;

  private ManagementServer(Javalin javalin) {
    this.javalin = javalin;
  }

  /**
   * Starts a server.
   *
   * @param listener the port of the server, not closed; the server closes it when it stops
   * @param pages what the server tells
   * @return a server that accepts connections; the caller closes it
   * @throws UncheckedIOException if another process has started to listen at the port since this
   *     process reserved it
   */
  public static ManagementServer start(BoundSocket listener, ManagementPages pages) {
    var threads = new QueuedThreadPool(THREADS, THREADS);
    threads.setName("management");
    threads.setReservedThreads(0);
    var endpoints = new ManagementEndpoints(pages, listener.isOnLoopback());
    var javalin =
        Javalin.create(config -> {
          config.startup.showJavalinBanner = false;
          config.startup.showOldJavalinVersionWarning = false;
          config.startup.startupWatcherEnabled = false;
          config.router.caseInsensitiveRoutes = true;
          config.http.prefer405over404 = true;
          config.jetty.threadPool = threads;
          config.jetty.addConnector((server, http) -> connector(listener, server, http));
          config.jetty.modifyServer(server -> {
            server.setStopTimeout(0);
            server.setErrorHandler(new ManagementErrorHandler());
          });
          config.jetty.modifyServletContextHandler(
              context -> context.setErrorHandler(new ManagementErrorHandler()));
          endpoints.mount(config.routes);
        });
    return new ManagementServer(javalin.start());
  }

  private static Connector connector(BoundSocket listener, Server server, HttpConfiguration http) {
    ConnectorLimits.applyTo(http);
    http.setIdleTimeout(IDLE_TIMEOUT.toMillis());
    var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
    connector.addBean(new RequestHeaderTimeout(connector, IDLE_TIMEOUT));
    connector.addBean(new NetworkConnectionLimit(CONNECTIONS_MAX, connector));
    try {
      connector.open(listener.listen());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return connector;
  }

  /** Stops the server at once; its port refuses connections. A second call has no effect. */
  @Override
  public void close() {
    javalin.stop();
  }
}
