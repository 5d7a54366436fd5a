package io.storageconnections.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.storageconnections.adapter.http.link.BaseUrl;
import io.storageconnections.bootstrap.process.CauseChain;
import io.storageconnections.bootstrap.settings.Setting;
import io.storageconnections.bootstrap.settings.Settings;
import io.storageconnections.bootstrap.settings.SettingsException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks a server on this machine whether it is ready. */
final class ReadinessProbe {

  private static final Duration INTERVAL = Duration.ofMillis(250);

  /** Longer than the server waits for its database. */
  private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(20);

  private static final int REASON_BYTES_MAX = 2_000;

  /** How every ready server answers; another service on its port answers something else. */
  private static final String READY = "{\"status\":\"ready\"";

  /**
   * The settings that the probe needs. It reads no other, because a process beside the server may
   * not be allowed to read the files of its secrets.
   */
  static final Set<Setting> SETTINGS =
      Set.of(
          Setting.HTTP_HOST, Setting.HTTP_PORT, Setting.MANAGEMENT_HOST, Setting.MANAGEMENT_PORT);

  private final URI url;

  /**
   * Creates a probe.
   *
   * @param host the host that the server listens on; for all addresses, the probe uses loopback
   * @param port the port that the server listens on
   */
  ReadinessProbe(String host, int port) {
    url = URI.create(BaseUrl.ofHttp(reachable(host), port) + "/health/ready");
  }

  /**
   * Creates a probe of the management listener, which says why a server is not ready, or of the API
   * if there is no such listener or its port is not known.
   *
   * @param settings at least {@link #SETTINGS}
   * @throws SettingsException if neither port is known
   */
  static ReadinessProbe of(Settings settings) {
    if (settings.text(Setting.MANAGEMENT_PORT) != null
        && settings.number(Setting.MANAGEMENT_PORT) != 0) {
      return new ReadinessProbe(
          settings.textOrDefault(Setting.MANAGEMENT_HOST),
          settings.number(Setting.MANAGEMENT_PORT));
    }
    if (settings.number(Setting.HTTP_PORT) == 0) {
      throw new SettingsException(
          List.of("STORAGE_CONNECTIONS_HTTP_PORT is 0: the port of the server is unknown"));
    }
    return new ReadinessProbe(
        settings.textOrDefault(Setting.HTTP_HOST), settings.number(Setting.HTTP_PORT));
  }

  private static String reachable(String host) {
    try {
      var address = InetAddress.getByName(host);
      return !address.isAnyLocalAddress()
          ? host
          : address.getAddress().length == 4 ? "127.0.0.1" : "::1";
    } catch (UnknownHostException e) {
      return host;
    }
  }

  /** Returns the URL that the probe asks. */
  URI url() {
    return url;
  }

  /**
   * Waits until the server is ready.
   *
   * @param timeout how long to wait; zero to ask once
   * @param pid the process of the server, without which there is no point in waiting; null if it is
   *     not known
   * @return null if the server is ready, or else the reason, in one line
   */
  @Nullable String await(Duration timeout, @Nullable Long pid) {
    var deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      // Before the request: a process that has ended meanwhile is noticed in the next round.
      var isAlive = pid == null || ProcessHandle.of(pid).isPresent();
      var problem = problem();
      if (problem == null || System.nanoTime() - deadline >= 0) {
        return problem;
      }
      if (!isAlive) {
        return "is not served: process " + pid + " has ended";
      }
      try {
        TimeUnit.MILLISECONDS.sleep(INTERVAL.toMillis());
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return "was not awaited: interrupted";
      }
    }
  }

  private @Nullable String problem() {
    try {
      // Without a proxy, because the server is on this machine.
      var connection = (HttpURLConnection) url.toURL().openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout((int) ANSWER_TIME_MAX.toMillis());
      connection.setReadTimeout((int) ANSWER_TIME_MAX.toMillis());
      connection.setInstanceFollowRedirects(false);
      var status = connection.getResponseCode();
      if (status != 200) {
        return "answers " + status + reason(connection);
      }
      try (var body = connection.getInputStream()) {
        return new String(body.readNBytes(READY.length()), UTF_8).equals(READY)
            ? null
            : "answers something else: check whether another service listens at this port";
      }
    } catch (IOException e) {
      return "cannot be reached: " + CauseChain.describe(e);
    }
  }

  private static String reason(HttpURLConnection connection) throws IOException {
    try (var body = connection.getErrorStream()) {
      return body == null
          ? ""
          : ": "
              + new String(body.readNBytes(REASON_BYTES_MAX), UTF_8)
                  .strip()
                  .replaceAll("\\s+", " ");
    }
  }
}
