package io.storageconnections.platform.http.storage;

import io.storageconnections.adapter.http.link.BaseUrl;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.platform.AccessMode;
import io.storageconnections.platform.fixture.RunningPlatform;
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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests for Storage. The clock stands still unless a test moves it. */
final class StorageServer implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
  static final int BYTES_MAX = 1_000_000;

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path blobFolder;
  private final RunningPlatform running;
  final String url;
  final int port;
  private volatile Instant now = NOW;

  StorageServer(AccessMode mode, Path blobFolder, long bytesMax) {
    this(mode, blobFolder, bytesMax, Duration.ofHours(1));
  }

  StorageServer(AccessMode mode, Path blobFolder, long bytesMax, Duration uploadLifetime) {
    this.blobFolder = blobFolder;
    running =
        new RunningPlatform(
            mode,
            blobFolder,
            (builder, base) ->
                builder
                    .url(BaseUrl.parse(base))
                    .clock(new StandingClock())
                    .uploadBytesMax(bytesMax)
                    .uploadLifetime(uploadLifetime));
    url = running.url();
    port = running.port();
  }

  StorageServer(AccessMode mode, Path blobFolder) {
    this(mode, blobFolder, BYTES_MAX);
  }

  private final class StandingClock extends Clock {

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  /** Moves the clock. */
  void pass(Duration time) {
    now = now.plus(time);
  }

  /** Removes leftovers until there are none. */
  void sweep() {
    running.platform().sweepStorage();
  }

  /** Returns the names of the files in the blob folder that are blobs or parts of blobs. */
  List<String> blobs() {
    try (Stream<Path> all = Files.walk(blobFolder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> blobFolder.relativize(file).toString())
          .filter(name -> !name.equals("folder-id"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  record Answer(int status, JsonNode body, HttpResponse<String> http) {

    /** Returns the value at a JSON Pointer. */
    String at(String pointer) {
      return body.at(pointer).asString();
    }

    String code() {
      return at("/error/code");
    }
  }

  /** Sends a request as the client of Bentley's CLI does: every request has this content type. */
  Answer send(String method, String subject, String path, String body) {
    return send(
        HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : url + path))
            .header("Authorization", "Bearer " + subject)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
  }

  Answer send(HttpRequest.Builder request) {
    var answer = exchange(request, BodyHandlers.ofString());
    return new Answer(
        answer.statusCode(),
        answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body()),
        answer);
  }

  <T> HttpResponse<T> exchange(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
    return running.send(request, handler);
  }

  /** Sends a GET on a connection of its own, because the server may close it after its answer. */
  int statusAlone(String subject, String path) {
    try (var alone = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(url + path))
              .header("Authorization", "Bearer " + subject)
              .build();
      return alone.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  Answer get(String subject, String path) {
    return send("GET", subject, path, "");
  }

  Answer post(String subject, String path, String body) {
    return send("POST", subject, path, body);
  }

  /** Uploads as the CLI does: without a token and a content type. */
  HttpResponse<String> put(String uploadUrl, byte[] bytes) {
    return exchange(
        HttpRequest.newBuilder(URI.create(uploadUrl))
            .header("x-ms-blob-type", "BlockBlob")
            .PUT(BodyPublishers.ofByteArray(bytes)),
        BodyHandlers.ofString());
  }

  HttpResponse<byte[]> download(String downloadUrl, String... headers) {
    var request = HttpRequest.newBuilder(URI.create(downloadUrl));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return exchange(request, BodyHandlers.ofByteArray());
  }

  String newITwin(String subject) {
    var answer =
        post(
            subject,
            "/itwins/",
            "{\"class\":\"Endeavor\",\"subClass\":\"Project\",\"displayName\":\"House\"}");
    return answer.at("/iTwin/id");
  }

  static String rootOf(String iTwin) {
    var id = ITwinId.parse(iTwin);
    return new StorageFileId(id, id.value()).toString();
  }

  Answer create(String subject, String folder, String name) {
    return post(
        subject,
        "/storage/folders/" + folder + "/files",
        JSON.writeValueAsString(JSON.createObjectNode().put("displayName", name)));
  }

  /** Creates a complete file and returns its id. */
  String newFile(String subject, String folder, String name, byte[] bytes) {
    var upload = create(subject, folder, name);
    put(upload.at("/_links/uploadUrl/href"), bytes);
    return post(subject, upload.at("/_links/completeUrl/href"), "").at("/file/id");
  }

  String newFolder(String subject, String parent, String name) {
    return post(
            subject,
            "/storage/folders/" + parent + "/folders",
            "{\"displayName\":\"" + name + "\"}")
        .at("/folder/id");
  }

  /** Returns the URL to which the download of a file redirects. */
  String downloadUrl(String subject, String file) {
    var answer = get(subject, "/storage/files/" + file + "/download");
    return answer.http().headers().firstValue("Location").orElseThrow();
  }

  @Override
  public void close() {
    running.close();
  }
}
