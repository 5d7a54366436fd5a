package io.storageconnections.bootstrap.jar;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.bootstrap.fixture.ApiClient;
import io.storageconnections.bootstrap.fixture.RequestBodies;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Starts and reads runs at one node. A run is named by the path of its URL. */
record RunClient(ApiClient api) {

  private static final Pattern LAST_STATE =
      Pattern.compile("\"phase\":\"\\w+\",\"state\":\"(\\w+)\",\"result\":\"(\\w+)\"");

  /** A connection with its only file. */
  record Connection(String id, String file) {

    String path() {
      return ApiClient.PATH + "/" + id;
    }
  }

  /** Creates a connection with one file, in an iModel of its own. */
  Connection connection() {
    return connection(UUID.randomUUID());
  }

  Connection connection(UUID iModel) {
    var file = RequestBodies.newFile();
    var created = api.create(RequestBodies.connection(iModel, List.of(file)));
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    return new Connection(
        created.headers().firstValue("Location").orElseThrow().replaceAll(".*/", ""), file);
  }

  /** Asks for a run. */
  HttpResponse<String> start(Connection connection) {
    return api.post(api.url() + connection.path() + "/run", "");
  }

  /** Starts a run, and returns its path. */
  String started(Connection connection) {
    var answer = start(connection);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return path(answer);
  }

  static String path(HttpResponse<String> answer) {
    return URI.create(answer.headers().firstValue("Location").orElseThrow()).getRawPath();
  }

  String get(String run) {
    var answer = api.get(api.url() + run);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  /** Returns state and result of a run, such as {@code Completed Success}. */
  String state(String run) {
    var body = get(run);
    var match = LAST_STATE.matcher(body);
    assertThat(match.find()).as(body).isTrue();
    return match.group(1) + " " + match.group(2);
  }

  boolean isCompleted(String run) {
    return state(run).startsWith("Completed");
  }

  HttpResponse<String> retry(String run) {
    return api.post(api.url() + run + "/retry", "");
  }

  HttpResponse<String> cancel(String run) {
    return api.post(api.url() + run + "/cancel", "");
  }

  /** Sets the script for a file. */
  void script(String file, String script) {
    setScript("files/" + file, script);
  }

  /** Sets the script for all files of the type that all connections have. */
  void script(String script) {
    setScript("connectors/MSTN", script);
  }

  private void setScript(String path, String script) {
    var answer = api.put(api.url() + "/development/script/" + path, script);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
  }

  /** Returns those of several runs that are not completed. */
  List<String> open(Stream<String> runs) {
    return runs.filter(run -> !isCompleted(run)).toList();
  }
}
