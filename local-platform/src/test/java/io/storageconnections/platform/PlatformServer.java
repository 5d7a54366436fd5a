package io.storageconnections.platform;

import io.storageconnections.adapter.http.link.BaseUrl;
import io.storageconnections.application.port.Caller;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.platform.fixture.RunningPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Requests for iTwins and iModels. Ids are {@code 00000000-0000-4000-8000-000000000001} and so on;
 * the time stands still.
 */
final class PlatformServer implements AutoCloseable {

  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

  /** Whose connections are deleted, and for which caller. */
  record DeletedConnections(Caller caller, IModelId iModel) {}

  final List<DeletedConnections> deletedConnections = new CopyOnWriteArrayList<>();
  private final AtomicLong lastId = new AtomicLong();
  private final RunningPlatform running;

  private PlatformServer(AccessMode mode) {
    running =
        new RunningPlatform(
            mode,
            newFolder(),
            (builder, url) ->
                builder
                    .url(BaseUrl.parse("https://sync.example.org"))
                    .clock(
                        Clock.fixed(
                            Instant.parse("2026-11-26T10:00:00.123456789Z"), ZoneOffset.UTC))
                    .ids(() -> new UUID(0x4000L, 0x8000_0000_0000_0000L | lastId.incrementAndGet()))
                    .connections((caller, iModel) ->
                        deletedConnections.add(new DeletedConnections(caller, iModel))));
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
    try (var connection = running.dataSource().getConnection();
        var statement = connection.createStatement()) {
      for (var table : List.of("member", "imodel", "itwin")) {
        statement.execute("delete from local_platform_" + table);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    lastId.set(0);
    deletedConnections.clear();
  }

  /** Sends a request of a subject. */
  HttpResponse<String> send(
      String subject, String method, String path, @Nullable String body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(running.url() + path))
            .header("Authorization", "Bearer " + subject)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    return running.send(request, BodyHandlers.ofString());
  }

  URI at(String path) {
    return URI.create(running.url() + path);
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
    running.close();
  }
}
