package io.storageconnections.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.bootstrap.fixture.ApiClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The requests of the command {@code itp imodel populate} of Bentley's command line tool, from the
 * log-in on, against a server that keeps iTwins, iModels and Storage itself. The test sends the
 * methods, paths, headers and bodies of version 1.0.1 of the tool, and reads what it reads. The
 * tool uses three clients, which send different headers: one for iTwins, one for iModels, and its
 * own.
 */
final class ClientPopulateTest {

  private static final String V1 = "application/vnd.bentley.itwin-platform.v1+json";
  private static final String V2 = "application/vnd.bentley.itwin-platform.v2+json";
  private static final String CONNECTION = "Default iTwinCLI Connection";

  /** How a server that keeps everything itself decides about access. */
  enum Directory {
    OPEN,
    OWN;

    SynchronizationServer start(Path blobs) {
      var builder = SynchronizationServer.builder();
      return switch (this) {
        case OPEN -> builder.openPlatform(blobs).start();
        case OWN -> builder.ownPlatform(blobs).start();
      };
    }
  }

  @TempDir private Path blobs;
  private final HttpClient client = HttpClient.newHttpClient();
  private @Nullable SynchronizationServer server;
  private String token = "";

  @AfterEach
  void stop() {
    client.shutdownNow();
    if (server != null) {
      server.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void populating_creates_what_is_missing_and_populating_again_replaces_the_contents(
      Directory directory) throws Exception {
    server = directory.start(blobs);
    token = logIn();
    var iTwin = newITwin();
    var iModel = newIModel(iTwin);

    var first = populate(iModel, List.of("pier.dgn", "deck.dgn"), "the first version");
    assertThat(first.created()).isTrue();
    var second = populate(iModel, List.of("pier.dgn", "deck.dgn", "rail.dgn"), "the second one");

    assertThat(second.created()).as("the connection is found by its name").isFalse();
    assertThat(second.connection()).isEqualTo(first.connection());
    assertThat(second.files()).startsWith(first.files().toArray(String[]::new)).hasSize(3);
    assertThat(sourceFiles(first.connection())).containsExactlyInAnyOrderElementsOf(second.files());
    for (var file : second.files()) {
      assertThat(download(file)).isEqualTo("the second one");
    }
    assertThat(first.run()).contains("\"result\":\"Success\"").doesNotContain("Error");
    assertThat(second.run().split("\"storageFileId\"", -1)).as("one task for each file").hasSize(4);
    assertThat(second.run().split("\"connectorType\"", -1)).as("one job").hasSize(2);
  }

  @Test
  void a_zip_that_is_read_as_a_design_file_ends_in_errors_everywhere() throws Exception {
    server = Directory.OWN.start(blobs);
    token = logIn();
    var iModel = newIModel(newITwin());

    var populated = populate(iModel, List.of("pier.zip"), "PK\u0003\u0004 an archive");

    assertThat(populated.run().split("\"result\":\"Error\"", -1))
        .as("run, job and task")
        .hasSize(4);
    assertThat(populated.run()).contains("\"descriptionKey\":\"UnsupportedFile\"");
  }

  /**
   * What a command made or found: the ids of the connection and, in order, of the files; the run.
   */
  private record Populated(String connection, boolean created, List<String> files, String run) {}

  /** Does what the command does. */
  private Populated populate(String iModel, List<String> names, String content) {
    var iTwin = matched("\"iTwinId\":\"([^\"]+)\"", getIModel(iModel));
    var root = read(send(own("GET", "/storage/?iTwinId=" + iTwin, null, "accept", V1)));
    var rootFolder = lastSegment(href("folder", root));
    var files = inParallel(names, name -> createOrUpdate(root, rootFolder, name, content));

    var listed = read(send(own("GET", ApiClient.PATH + "?imodelId=" + iModel, null)));
    var connection = Pattern.compile("\"id\":\"([^\"]+)\",\"displayName\":\"" + CONNECTION + "\"");
    var found = connection.matcher(listed);
    var exists = found.find();
    var id = exists ? found.group(1) : newConnection(iModel, files.get(0));
    var added = inParallel(files, file -> addIfMissing(id, file));
    assertThat(added).hasSameSizeAs(files);

    var run = synchronize(id);
    return new Populated(id, !exists, files, run);
  }

  /** Starts a run and waits for its end as the command does; returns the run. */
  private String synchronize(String connection) {
    var path = ApiClient.PATH + "/" + connection;
    var started = send(own("POST", path + "/run", null));
    assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
    // With a content type, the tool would parse the empty body.
    assertThat(started.headers().firstValue("content-type")).isEmpty();
    assertThat(started.body()).isEmpty();
    var runId = href("lastRun", read(send(own("GET", path, null)))).split("/", -1)[8];
    while (true) {
      var run = read(send(own("GET", path + "/runs/" + runId, null)));
      if (matched("\"state\":\"([^\"]+)\"", run).equals("Completed")) {
        return run;
      }
    }
  }

  private String createOrUpdate(String root, String rootFolder, String name, String content) {
    var known =
        Pattern.compile("\"id\":\"([^\"]+)\",\"type\":\"file\",\"displayName\":\"" + name + "\"")
            .matcher(root);
    var links =
        read(
            send(
                known.find()
                    ? own("POST", "/storage/files/" + known.group(1) + "/updatecontent", null)
                    : own(
                        "POST",
                        "/storage/folders/" + rootFolder + "/files",
                        "{\"displayName\":\"" + name + "\"}")));
    var completeUrl = href("completeUrl", links);
    var file = completeUrl.split("/", -1)[5];
    upload(href("uploadUrl", links), content);
    var completed = read(send(own("POST", "/storage/files/" + file + "/complete", null)));
    assertThat(completed).contains("\"id\":\"" + file + "\"", "\"displayName\":\"" + name + "\"");
    return file;
  }

  /** The upload has neither a token nor a content type. */
  private void upload(String url, String content) {
    var answer =
        send(
            fetched(HttpRequest.newBuilder(URI.create(url)))
                .header("x-ms-blob-type", "BlockBlob")
                .header("accept", "*/*")
                .PUT(BodyPublishers.ofString(content)));
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    assertThat(answer.body()).isEmpty();
  }

  private String newConnection(String iModel, String file) {
    var created =
        read(
            send(
                own(
                    "POST",
                    ApiClient.PATH,
                    """
                    {"authenticationType":"Service","displayName":"%s","iModelId":"%s",\
                    "sourceFiles":[{"connectorType":"MSTN","storageFileId":"%s"}]}\
                    """
                        .formatted(CONNECTION, iModel, file))));
    return id(created);
  }

  private boolean addIfMissing(String connection, String file) {
    if (sourceFiles(connection).contains(file)) {
      return false;
    }
    read(
        send(
            own(
                "POST",
                ApiClient.PATH + "/" + connection + "/sourcefiles",
                "{\"connectorType\":\"MSTN\",\"storageFileId\":\"" + file + "\"}")));
    return true;
  }

  private List<String> sourceFiles(String connection) {
    var listed =
        read(
            send(
                own(
                    "GET",
                    ApiClient.PATH + "/" + connection + "/sourcefiles",
                    null,
                    "Prefer",
                    "return=representation",
                    "accept",
                    "*/*")));
    return Pattern.compile("\"storageFileId\":\"([^\"]+)\"")
        .matcher(listed)
        .results()
        .map(file -> file.group(1))
        .toList();
  }

  private String logIn() {
    var secret = Base64.getEncoder().encodeToString("cli:secret".getBytes(UTF_8));
    var answer =
        send(
            to("/connect/token")
                .header("user-agent", "got (https://github.com/sindresorhus/got)")
                .header("accept", "application/json")
                .header("authorization", "Basic " + secret)
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(
                    BodyPublishers.ofString("grant_type=client_credentials&scope=itwin-platform")));
    return matched("\"access_token\":\"([^\"]+)\"", read(answer));
  }

  /** The client of iTwins is axios. */
  private String newITwin() {
    return id(
        read(
            send(
                axios(to("/itwins/"), "application/json, text/plain, */*")
                    .header("Content-Type", "application/json")
                    .POST(
                        BodyPublishers.ofString(
                            "{\"class\":\"Endeavor\",\"displayName\":\"Bridge"
                                + " 30\",\"subClass\":\"Project\"}")))));
  }

  /** The client of iModels is axios, too. It reads the answers of version 2. */
  private String newIModel(String iTwin) {
    return id(
        read(
            send(
                axios(to("/imodels"), V2)
                    .header("Content-Type", "application/json")
                    .POST(
                        BodyPublishers.ofString(
                            "{\"iTwinId\":\"" + iTwin + "\",\"name\":\"Bridge\"}")))));
  }

  private String getIModel(String iModel) {
    return read(send(axios(to("/imodels/" + iModel), V2)));
  }

  private String download(String file) throws IOException, InterruptedException {
    var redirect = send(own("GET", "/storage/files/" + file + "/download", null));
    assertThat(redirect.statusCode()).isEqualTo(302);
    var url = URI.create(redirect.headers().firstValue("Location").orElseThrow());
    return client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString()).body();
  }

  /** A request of the tool itself, with a content type also if there is no body. */
  private HttpRequest.Builder own(
      String method, String path, @Nullable String body, String... headers) {
    var request =
        fetched(to(path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    return headers.length == 0 ? request.header("accept", "*/*") : request.headers(headers);
  }

  /** Adds the headers of the function {@code fetch} of Node.js. */
  private static HttpRequest.Builder fetched(HttpRequest.Builder request) {
    return request
        .header("accept-language", "*")
        .header("sec-fetch-mode", "cors")
        .header("user-agent", "node");
  }

  private HttpRequest.Builder axios(HttpRequest.Builder request, String accept) {
    return request
        .header("Accept", accept)
        .header("Authorization", "Bearer " + token)
        .header("User-Agent", "axios/1.21.1");
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(requireNonNull(server).url() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Reads an answer as the tool does: a success with a content type has JSON. */
  private static String read(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    return answer.body();
  }

  private static <R> List<R> inParallel(List<String> values, Function<String, R> step) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return values.stream()
          .map(value -> CompletableFuture.supplyAsync(() -> step.apply(value), threads))
          .toList()
          .stream()
          .map(CompletableFuture::join)
          .toList();
    }
  }

  private static String id(String body) {
    return matched("\"id\":\"([^\"]+)\"", body);
  }

  private static String href(String name, String body) {
    return matched("\"" + name + "\":\\{\"href\":\"([^\"]+)\"", body);
  }

  private static String lastSegment(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private static String matched(String pattern, String text) {
    var matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
    return matcher.group(1);
  }
}
