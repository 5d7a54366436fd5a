package io.storageconnections.adapter.auth.issuer;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID Connect issuer on a loopback address. It counts the requests, and a test can make it
 * misbehave.
 */
public final class LoopbackIssuer implements AutoCloseable {

  public final AtomicInteger discoveriesRead = new AtomicInteger();
  public final AtomicInteger keysRead = new AtomicInteger();

  public volatile String name;
  public volatile String keysAddress;
  public volatile String keys;
  public volatile @Nullable String discoveryTypeAccepted;
  public volatile @Nullable String keysTypeAccepted;
  public volatile int status = 200;
  public volatile CountDownLatch gate = new CountDownLatch(0);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  public LoopbackIssuer(JWK... published) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    name = url().toString();
    keysAddress = url() + "/keys";
    keys = "";
    publish(published);
    server.setExecutor(threads);
    serve("/.well-known/openid-configuration", this::describe);
    serve("/keys", this::showKeys);
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public void publish(JWK... published) {
    keys = new JWKSet(List.of(published)).toString();
  }

  public void serve(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            handler.handle(exchange);
          }
        });
  }

  /** Publishes {@code entries}, each a JSON text, in this order. */
  public void publishJson(String... entries) {
    keys = "{\"keys\":[" + String.join(",", entries) + "]}";
  }

  /**
   * Moves the issuer to {@code path}: its name ends with it, and its discovery document is there.
   */
  public void moveTo(String path) {
    name = url() + path;
    if (!path.equals("/")) {
      var folder = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
      serve(folder + "/.well-known/openid-configuration", this::describe);
    }
  }

  /**
   * Returns a client that waits longer than that of the server, because a busy machine is not an
   * outage.
   */
  public static IssuerHttpClient patientClient() {
    return new IssuerHttpClient(Duration.ofSeconds(30), Duration.ofSeconds(30));
  }

  /** Returns the claims of a token that the server accepts. */
  public JWTClaimsSet.Builder claims(Clock clock) {
    var now = clock.instant();
    return new JWTClaimsSet.Builder()
        .issuer(name)
        .subject("subject")
        .claim("client_id", "client")
        .claim("scope", List.of("itwin-platform"))
        .audience("https://qa-ims.example/resources")
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(3600)));
  }

  private void describe(HttpExchange exchange) throws IOException {
    discoveriesRead.incrementAndGet();
    answer(
        exchange,
        discoveryTypeAccepted,
        "{\"issuer\":\"" + name + "\",\"jwks_uri\":\"" + keysAddress + "\"}");
  }

  private void showKeys(HttpExchange exchange) throws IOException {
    keysRead.incrementAndGet();
    answer(exchange, keysTypeAccepted, keys);
  }

  private void answer(HttpExchange exchange, @Nullable String typeAccepted, String body)
      throws IOException {
    var types = exchange.getRequestHeaders().getFirst("Accept").split("(;q=[0-9.]+)?(, |$)", -1);
    if (typeAccepted != null && !List.of(types).contains(typeAccepted)) {
      exchange.sendResponseHeaders(406, -1);
      return;
    }
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    gate.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
