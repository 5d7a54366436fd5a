package io.storageconnections.platform;

import static io.storageconnections.application.contract.TestValidator.VALIDATOR;

import io.storageconnections.adapter.http.BoundSocket;
import io.storageconnections.adapter.http.HttpApi;
import io.storageconnections.adapter.http.HttpServer;
import io.storageconnections.adapter.http.link.BaseUrl;
import io.storageconnections.adapter.persistence.Database;
import io.storageconnections.application.UseCases;
import io.storageconnections.application.contract.InMemoryIModelDirectory;
import io.storageconnections.application.contract.InMemoryStorageConnectionStore;
import io.storageconnections.application.contract.InMemoryStorageFiles;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.Verification;
import io.storageconnections.application.validation.RequestValidator;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A real server with a local platform on H2 in memory. A bearer token is the subject of its caller.
 * Ids are {@code 00000000-0000-4000-8000-000000000001} and so on; the time stands still.
 */
final class PlatformServer implements AutoCloseable {

  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

  final List<IModelId> iModelsWithoutConnections = new CopyOnWriteArrayList<>();
  final LocalPlatform platform;
  private final AtomicLong lastId = new AtomicLong();
  private final Database database =
      Database.open("jdbc:h2:mem:" + UUID.randomUUID(), null, null, 8);
  private final HttpClient client = HttpClient.newHttpClient();
  private final Path blobFolder = newFolder();
  private final HttpServer server;
  private final int port;

  private PlatformServer(AccessMode mode) {
    LocalPlatform.migrate(database.dataSource());
    platform =
        LocalPlatform.builder(database.dataSource(), mode, blobFolder)
            .url(BaseUrl.parse("https://sync.example.org"))
            .clock(Clock.fixed(Instant.parse("2026-11-26T10:00:00.123456Z"), ZoneOffset.UTC))
            .ids(() -> new UUID(0x4000L, 0x8000_0000_0000_0000L | lastId.incrementAndGet()))
            .connections(iModelsWithoutConnections::add)
            .build();
    var useCases =
        UseCases.on(
            new Dependencies(
                new InMemoryStorageConnectionStore(),
                new InMemoryIModelDirectory(),
                new InMemoryStorageFiles(),
                Limits.NONE,
                new RequestValidator(VALIDATOR),
                Clock.systemUTC(),
                UUID::randomUUID));
    var api =
        HttpApi.builder(useCases)
            .bearerTokens(token -> new Verification.Accepted(Caller.ofUser("client", token)))
            .links("https://sync.example.org")
            .build();
    var socket = BoundSocket.on("127.0.0.1", 0);
    port = socket.port();
    server =
        HttpServer.start(
            socket, api, List.of(platform.routes()), null, null, Duration.ofSeconds(75));
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("blobs");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static PlatformServer open() {
    return new PlatformServer(AccessMode.OPEN);
  }

  static PlatformServer own() {
    return new PlatformServer(AccessMode.OWN);
  }

  /** Removes all rows, so that the next test begins with an empty platform. */
  void clear() {
    try (var connection = database.dataSource().getConnection();
        var statement = connection.createStatement()) {
      for (var table : List.of("member", "imodel", "itwin")) {
        statement.execute("delete from local_platform_" + table);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    lastId.set(0);
    iModelsWithoutConnections.clear();
  }

  /** Sends a request of a subject. */
  HttpResponse<String> send(
      String subject, String method, String path, @Nullable String body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Authorization", "Bearer " + subject)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  URI at(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** Returns status and body in one text, for comparison. */
  String answer(String subject, String method, String path, @Nullable String body) {
    var answer = send(subject, method, path, body);
    return (answer.statusCode() + " " + answer.body()).strip();
  }

  /** Creates an iTwin and returns its id. */
  String newITwin(String subject, String name) {
    return id(
        send(
            subject,
            "POST",
            "/itwins/",
            "{\"class\":\"Endeavor\",\"subClass\":\"Project\",\"displayName\":\"" + name + "\"}"));
  }

  /** Creates an iModel and returns its id. */
  String newIModel(String subject, String iTwin, String name) {
    return id(
        send(
            subject,
            "POST",
            "/imodels",
            "{\"iTwinId\":\"" + iTwin + "\",\"name\":\"" + name + "\"}"));
  }

  private static String id(HttpResponse<String> created) {
    var id = ID.matcher(created.body());
    if (created.statusCode() != 201 || !id.find()) {
      throw new AssertionError(created.statusCode() + " " + created.body());
    }
    return id.group(1);
  }

  @Override
  public void close() {
    client.shutdownNow();
    server.close();
    platform.close();
    database.close();
  }
}
