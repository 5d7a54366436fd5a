package io.storageconnections.adapter.http.run;

import static io.storageconnections.adapter.http.ApiFixtures.CONNECTION;
import static io.storageconnections.adapter.http.ApiFixtures.FILES;
import static io.storageconnections.adapter.http.ApiFixtures.ID;
import static io.storageconnections.adapter.http.ApiFixtures.IMODEL;
import static io.storageconnections.adapter.http.ApiFixtures.OTHER_FILE;
import static io.storageconnections.adapter.http.ApiFixtures.RUN;
import static io.storageconnections.adapter.http.ApiFixtures.RUNS;
import static io.storageconnections.adapter.http.ApiFixtures.RUN_ID;
import static io.storageconnections.adapter.http.ApiFixtures.SOURCE_FILE;
import static io.storageconnections.adapter.http.ApiFixtures.TASK_ID;
import static io.storageconnections.adapter.http.ApiFixtures.THIRD_FILE;
import static io.storageconnections.adapter.http.ApiFixtures.UNKNOWN_FILE_ID;
import static io.storageconnections.adapter.http.ApiFixtures.UNKNOWN_ID;
import static io.storageconnections.adapter.http.ApiFixtures.assertAnswer;
import static io.storageconnections.adapter.http.ApiFixtures.assertNoBody;
import static io.storageconnections.adapter.http.ApiFixtures.connection;
import static io.storageconnections.adapter.http.ApiFixtures.etag;
import static io.storageconnections.adapter.http.ApiFixtures.file;
import static io.storageconnections.adapter.http.RunFixtures.STARTED;
import static io.storageconnections.adapter.http.RunFixtures.after;
import static io.storageconnections.adapter.http.RunFixtures.keyOf;
import static io.storageconnections.adapter.http.RunFixtures.started;
import static io.storageconnections.adapter.http.TestServer.CONNECTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.adapter.http.ApiFixtures;
import io.storageconnections.adapter.http.TestServer;
import io.storageconnections.adapter.http.fixture.TestWorker;
import io.storageconnections.adapter.http.fixture.Wire;
import io.storageconnections.application.contract.InMemoryRunStore;
import io.storageconnections.application.contract.Race;
import io.storageconnections.application.outcome.Failure.OfRunStart;
import io.storageconnections.application.outcome.Failure.StartRaceLost;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.application.port.Access;
import io.storageconnections.application.port.NewRun;
import io.storageconnections.application.port.RunRules;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.RunId;
import io.storageconnections.domain.run.AttemptOutcome;
import io.storageconnections.domain.run.ErrorKey;
import io.storageconnections.domain.run.RetryPolicy;
import io.storageconnections.domain.run.Run;
import io.storageconnections.domain.run.RunKey;
import io.storageconnections.domain.run.SynchronizationReport;
import io.storageconnections.domain.run.TaskError;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Starting, reading, cancelling and retrying runs. */
final class RunsTest {

  private static final RetryPolicy POLICY = new RetryPolicy(3, Duration.ofSeconds(30));

  private static final RunKey KEY = new RunKey(ConnectionId.parse(ID), RunId.parse(RUN_ID));

  private static final AttemptOutcome UNSUPPORTED =
      AttemptOutcome.failed(ErrorKey.UNSUPPORTED_FILE, "");

  private TestServer server = ApiFixtures.server();

  @AfterEach
  void stop() {
    server.close();
  }

  private TestWorker worker() {
    return new TestWorker(server.runs());
  }

  private static String location(HttpResponse<String> answer) {
    assertThat(answer.headers().allValues("Location")).hasSize(1);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private static String urlOf(String path) {
    return "https://sync.example.org" + path;
  }

  /** Returns the path of a URL of the server. */
  private static String pathOf(String url) {
    assertThat(url).startsWith("https://sync.example.org/");
    return url.substring("https://sync.example.org".length());
  }

  // ---- start ------------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"/run", "/runs", "/RUN", "/Runs"})
  void start_is_202_with_the_url_of_the_run_and_without_a_body(String path) {
    var answer = server.post(CONNECTION + path);
    assertNoBody(answer, 202);
    assertThat(location(answer)).isEqualTo(urlOf(RUN));
    assertThat(server.get(RUN).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{", "nonsense"})
  void body_of_a_start_is_not_read(String body) throws IOException {
    var answer =
        server.raw(
            "POST %s/run HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer good\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(CONNECTION, body.length(), body));
    assertThat(answer).startsWith("HTTP/1.1 202 ");
  }

  @Test
  void start_while_a_run_is_live_is_303_with_the_url_of_that_run() {
    server.post(CONNECTION + "/run");
    var again = server.post(CONNECTION + "/run");
    assertNoBody(again, 303);
    assertThat(location(again)).isEqualTo(urlOf(RUN));
    assertThat(Wire.count(server.get(RUNS).body(), "/runs")).isEqualTo(1);
  }

  @Test
  void start_while_a_run_of_another_connection_of_the_imodel_is_live_is_303_with_that_run() {
    var other = server.create(connection(IMODEL, "two", file(OTHER_FILE, "IFC")));
    var live = location(server.post(CONNECTION + "/run"));
    var answer = server.post(pathOf(location(other)) + "/run");
    assertNoBody(answer, 303);
    assertThat(location(answer)).isEqualTo(live).contains("/" + ID + "/runs/");
  }

  @Test
  void start_after_the_run_is_completed_starts_another_run() {
    var first = location(server.post(CONNECTION + "/run"));
    worker().execute(keyOf(first), AttemptOutcome.succeeded());
    var second = server.post(CONNECTION + "/run");
    assertNoBody(second, 202);
    assertThat(location(second)).isNotEqualTo(first);
  }

  @Test
  void loser_of_a_simultaneous_start_is_409_with_the_run_of_the_winner() {
    server.close();
    server =
        TestServer.on(
            new InMemoryRunStore() {
              @Override
              public Outcome<Run, OfRunStart> start(
                  ConnectionId connection, NewRun newRun, RunRules rules) {
                return Outcome.failed(new StartRaceLost(KEY));
              }
            });
    var answer = server.post(CONNECTION + "/run");
    assertAnswer(answer, 409, "409-run-race");
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
  }

  @Test
  void one_of_many_simultaneous_starts_succeeds() throws InterruptedException {
    var statuses =
        Race.among(
            IntStream.range(0, 16)
                .mapToObj(
                    i -> (Callable<Integer>) () -> server.post(CONNECTION + "/run").statusCode())
                .toList());
    assertThat(statuses).containsOnlyOnce(202).isSubsetOf(202, 303, 409);
    assertThat(Wire.count(server.get(RUNS).body(), "/runs")).isEqualTo(1);
  }

  @Test
  void start_of_an_unknown_connection_is_404() {
    assertAnswer(server.post(CONNECTIONS + "/" + UNKNOWN_ID + "/run"), 404, "404-connection");
  }

  @Test
  void start_with_a_malformed_id_is_422() {
    assertAnswer(server.post(CONNECTIONS + "/x/run"), 422, "422-run-connection-id");
  }

  @Test
  void start_of_a_connection_without_source_files_is_422() {
    server.delete(SOURCE_FILE);
    assertAnswer(server.post(CONNECTION + "/run"), 422, "422-run-no-files");
    assertAnswer(server.get(RUNS), 200, "200-runs-none");
  }

  @Test
  void correlation_id_of_the_request_is_that_of_the_run() {
    server.send(
        server
            .authorized(CONNECTION + "/run")
            .header("X-Correlation-Id", "start-1")
            .POST(BodyPublishers.noBody()));
    var run = server.runs().find(KEY).orElseThrow();
    assertThat(run.origin().correlationId()).isEqualTo("start-1");
    assertThat(run.origin().client()).isEqualTo("client");
  }

  @Test
  void reader_reads_runs_and_changes_are_403() {
    server.post(CONNECTION + "/run");
    server.platform.grant(Access.READ);
    assertThat(server.get(RUNS).statusCode()).isEqualTo(200);
    assertThat(server.get(RUN).statusCode()).isEqualTo(200);
    assertThat(server.get(output(TASK_ID)).statusCode()).isEqualTo(200);
    for (var path : List.of(CONNECTION + "/run", RUNS, RUN + "/cancel", RUN + "/retry")) {
      var answer = server.post(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(403);
      assertThat(Wire.at(answer.body(), "/error/code")).isEqualTo("InsufficientPermissions");
    }
  }

  @Test
  void runs_of_an_imodel_that_the_caller_cannot_see_do_not_exist() {
    server.post(CONNECTION + "/run");
    server.platform.grant(Access.NONE);
    for (var answer :
        List.of(
            server.post(CONNECTION + "/run"),
            server.get(RUNS),
            server.get(RUN),
            server.post(RUN + "/cancel"),
            server.post(RUN + "/retry"),
            server.get(output(TASK_ID)))) {
      assertAnswer(answer, 404, "404-connection");
    }
  }

  // ---- read -------------------------------------------------------------------------------------

  @Test
  void queued_run_has_all_documented_members() {
    started(server);
    assertAnswer(server.get(RUN), 200, "200-run-queued");
  }

  @Test
  void run_shows_the_attempts_errors_and_reports_of_its_tasks() {
    var waiting = afterThreeAttempts();
    assertAnswer(server.get(RUN), 200, "200-run-waiting");
    var last = waiting.tasks().get(1).id();
    var time = Instant.parse("2026-11-26T10:15:20Z");
    after(
        server,
        KEY,
        run ->
            run.pickUp(2, "node-2", POLICY, time)
                .then(next -> next.beginAttempt(2, last, time))
                .then(next ->
                    next.endAttempt(
                        2,
                        last,
                        AttemptOutcome.partiallySucceeded(null),
                        POLICY,
                        time.plusSeconds(10))));
    assertAnswer(server.get(RUN), 200, "200-run-completed");
  }

  /** Returns a run whose tasks succeeded, failed for now, and failed. */
  private Run afterThreeAttempts() {
    server.post(FILES, file(OTHER_FILE, "MSTN"));
    server.post(FILES, file(THIRD_FILE, "IFC"));
    started(server);
    attempt(
        0,
        "2026-11-26T10:14:31Z",
        "2026-11-26T10:14:40Z",
        AttemptOutcome.succeeded()
            .withReport(new SynchronizationReport("Warning", "The file has issues.", 1, 12, 0)));
    attempt(
        1,
        "2026-11-26T10:14:40Z",
        "2026-11-26T10:14:50Z",
        AttemptOutcome.failed(ErrorKey.LOCK_ERROR, "held by another program"));
    return attempt(
        2,
        "2026-11-26T10:14:50Z",
        "2026-11-26T10:15:00Z",
        AttemptOutcome.failed(
            TaskError.of(ErrorKey.UNSUPPORTED_FILE, "").withBridgeExitCode(-7002), false));
  }

  private Run attempt(int task, String begin, String end, AttemptOutcome outcome) {
    var id = server.runs().find(KEY).orElseThrow().tasks().get(task).id();
    if (task == 0) {
      after(server, KEY, run -> run.pickUp(1, "node-1", POLICY, Instant.parse(begin)));
    }
    return after(
        server,
        KEY,
        run ->
            run.beginAttempt(1, id, Instant.parse(begin))
                .then(next -> next.endAttempt(1, id, outcome, POLICY, Instant.parse(end))));
  }

  @Test
  void progress_of_a_run_says_what_it_waits_for() {
    started(server);
    server.connectors = type -> Optional.empty();
    assertThat(progress("waitingFor")).isEqualTo("no connector is configured for MSTN");
    var task = server.runs().find(KEY).orElseThrow().tasks().getFirst().id();
    after(
        server,
        KEY,
        run ->
            run.pickUp(1, "node-1", POLICY, STARTED)
                .then(next -> next.beginAttempt(1, task, STARTED)));
    assertThat(progress("waitingFor"))
        .isEqualTo(
            "the end of attempt 1 at file t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA by connector"
                + " MSTN");
    assertThat(progress("attempt")).isEqualTo("1");
    assertThat(progress("node")).isEqualTo("node-1");
    assertNoBody(server.post(RUN + "/cancel"), 202);
    assertThat(progress("waitingFor"))
        .isEqualTo("the stop of connector MSTN, because the run was cancelled");
  }

  @ParameterizedTest
  @CsvSource({
    "PT24H, retry at 10:14:31Z",
    "PT24H1S, retry at 2026-11-27T10:14:32Z",
  })
  void a_retry_on_a_later_day_is_announced_with_its_date(Duration backoff, String text) {
    started(server);
    var task = server.runs().find(KEY).orElseThrow().tasks().getFirst().id();
    var policy = new RetryPolicy(3, backoff);
    var time = Instant.parse("2026-11-26T10:14:31Z");
    after(
        server,
        KEY,
        run ->
            run.pickUp(1, "node-1", policy, time)
                .then(next -> next.beginAttempt(1, task, time))
                .then(next ->
                    next.endAttempt(
                        1, task, AttemptOutcome.failed(ErrorKey.LOCK_ERROR, ""), policy, time)));
    assertThat(progress("waitingFor")).isEqualTo(text);
  }

  private String progress(String member) {
    return Wire.at(server.get(RUN).body(), "/run/_progress/" + member);
  }

  @Test
  void etag_of_a_run_changes_with_every_change_of_the_run() {
    started(server);
    var queued = etag(server.get(RUN));
    assertNoBody(server.get(RUN, "If-None-Match", queued), 304);
    var task = server.runs().find(KEY).orElseThrow().tasks().getFirst().id();
    after(server, KEY, run -> run.pickUp(1, "node-1", POLICY, STARTED));
    var pickedUp = etag(server.get(RUN, "If-None-Match", queued));
    after(server, KEY, run -> run.beginAttempt(1, task, STARTED));
    var executing = etag(server.get(RUN, "If-None-Match", pickedUp));
    assertThat(List.of(queued, pickedUp, executing)).doesNotHaveDuplicates();
    assertNoBody(server.get(RUN, "If-None-Match", "\"x\", " + executing), 304);
  }

  @Test
  void etag_of_a_run_differs_where_a_connector_is_missing() {
    started(server);
    var configured = etag(server.get(RUN));
    server.connectors = type -> Optional.empty();
    var answer = server.get(RUN, "If-None-Match", configured);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(etag(answer)).isNotEqualTo(configured);
  }

  @Test
  void head_has_the_etag_of_the_run() {
    started(server);
    var head = server.send(server.authorized(RUN).HEAD());
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(etag(head)).isEqualTo(etag(server.get(RUN)));
  }

  @Test
  void unknown_run_is_404_and_malformed_ids_are_422() {
    var unknown = RUNS + "/" + UNKNOWN_FILE_ID;
    for (var answer :
        List.of(
            server.get(unknown),
            server.post(unknown + "/cancel"),
            server.post(unknown + "/retry"),
            server.get(unknown + "/tasks/" + TASK_ID + "/output"))) {
      assertAnswer(answer, 404, "404-run");
    }
    var malformed = CONNECTIONS + "/x/runs/y";
    for (var answer :
        List.of(
            server.get(malformed),
            server.post(malformed + "/cancel"),
            server.post(malformed + "/retry"))) {
      assertAnswer(answer, 422, "422-run-ids");
    }
  }

  @Test
  void run_of_another_connection_is_404() {
    var other = server.create(connection(IMODEL, "two", file(OTHER_FILE, "IFC")));
    var run = location(server.post(pathOf(location(other)) + "/run"));
    assertAnswer(server.get(RUNS + "/" + keyOf(run).run()), 404, "404-run");
  }

  // ---- list -------------------------------------------------------------------------------------

  /** Starts and completes runs, and returns their ids, the oldest first. */
  private List<String> completedRuns(int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> {
          var key = keyOf(location(server.post(CONNECTION + "/run")));
          worker().execute(key, i == 0 ? UNSUPPORTED : AttemptOutcome.succeeded());
          return key.run().toString();
        })
        .toList();
  }

  @Test
  void list_has_the_newest_run_first_with_state_and_result() {
    var runs = completedRuns(2);
    server.post(CONNECTION + "/run");
    var list = server.get(RUNS);
    assertThat(Wire.count(list.body(), "/runs")).isEqualTo(3);
    assertThat(Wire.at(list.body(), "/runs/0/state")).isEqualTo("Queued");
    assertThat(Wire.at(list.body(), "/runs/0/result")).isEqualTo("Undetermined");
    assertThat(list.body())
        .contains(
            """
            {"id":"%s","state":"Completed","result":"Success"},{"id":"%s","state":"Completed","result":"Error"}]\
            """
                .formatted(runs.get(1), runs.get(0)));
  }

  @Test
  void pages_of_the_list_are_linked() {
    var runs = completedRuns(3);
    var page = server.get(RUNS + "?%24top=1&$skip=1");
    assertThat(Wire.at(page.body(), "/runs/0/id")).isEqualTo(runs.get(1));
    assertThat(Wire.at(page.body(), "/_links/prev/href"))
        .isEqualTo(urlOf(RUNS) + "?$skip=0&$top=1");
    assertThat(Wire.at(page.body(), "/_links/next/href"))
        .isEqualTo(urlOf(RUNS) + "?$skip=2&$top=1");
    var last = server.get(RUNS + "?$top=1&$skip=2");
    assertThat(Wire.at(last.body(), "/_links/next/href")).isEmpty();
  }

  @Test
  void representation_in_the_list_is_that_of_the_run() {
    started(server);
    var list = server.get(RUNS, "Prefer", "return=representation");
    assertThat(list.headers().firstValue("Preference-Applied")).contains("return=representation");
    var run = server.get(RUN).body();
    assertThat(list.body()).contains(run.substring("{\"run\":".length(), run.length() - 1));
  }

  @Test
  void unchanged_list_is_304() {
    started(server);
    var known = etag(server.get(RUNS));
    assertNoBody(server.get(RUNS, "If-None-Match", known), 304);
    server.post(RUN + "/cancel");
    assertThat(server.get(RUNS, "If-None-Match", known).statusCode()).isEqualTo(200);
  }

  @Test
  void list_of_an_unknown_connection_is_404_and_an_invalid_query_is_422() {
    assertAnswer(server.get(CONNECTIONS + "/" + UNKNOWN_ID + "/runs"), 404, "404-connection");
    assertAnswer(
        server.get(CONNECTIONS + "/x/runs?$skip=-1&$top=many"), 422, "422-runs-everything");
    assertThat(server.get(RUNS + "?$top=0").statusCode()).isEqualTo(422);
    assertThat(server.get(RUNS + "?%ff=0").statusCode()).isEqualTo(422);
  }

  // ---- cancel -----------------------------------------------------------------------------------

  @Test
  void queued_run_is_cancelled_at_once() {
    started(server);
    assertNoBody(server.post(RUN + "/cancel"), 202);
    var run = server.get(RUN).body();
    assertThat(Wire.at(run, "/run/state")).isEqualTo("Completed");
    assertThat(Wire.at(run, "/run/result")).isEqualTo("Cancelled");
    assertThat(Wire.at(run, "/run/jobs/0/tasks/0/error/descriptionKey"))
        .isEqualTo("TaskWasCancelled");
  }

  @Test
  void cancel_of_a_completed_run_is_200_with_the_run() {
    started(server);
    server.post(RUN + "/cancel");
    var answer = server.post(RUN + "/cancel");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(server.get(RUN).body());
  }

  @Test
  void second_cancel_of_a_run_that_a_worker_executes_is_202_again() {
    var run = started(server);
    var task = run.tasks().getFirst().id();
    after(
        server,
        KEY,
        current ->
            current
                .pickUp(1, "node-1", POLICY, STARTED)
                .then(next -> next.beginAttempt(1, task, STARTED)));
    assertNoBody(server.post(RUN + "/cancel"), 202);
    assertNoBody(server.post(RUN + "/cancel"), 202);
    assertThat(Wire.at(server.get(RUN).body(), "/run/state")).isEqualTo("Executing");
  }

  // ---- retry ------------------------------------------------------------------------------------

  @Test
  void retry_is_202_with_a_run_of_the_tasks_that_did_not_succeed() {
    server.post(FILES, file(OTHER_FILE, "IFC"));
    var first = keyOf(location(server.post(CONNECTION + "/run")));
    worker()
        .execute(
            first,
            (attempt, control) ->
                attempt.task().storageFileId().toString().equals(OTHER_FILE)
                    ? UNSUPPORTED
                    : AttemptOutcome.succeeded());
    var answer =
        server.send(
            server
                .authorized(RUNS + "/" + first.run() + "/retry")
                .header("X-Correlation-Id", "retry-1")
                .POST(BodyPublishers.noBody()));
    assertNoBody(answer, 202);
    var retried = keyOf(location(answer));
    assertThat(retried.run()).isNotEqualTo(first.run());
    var run = server.runs().find(retried).orElseThrow();
    assertThat(run.origin().correlationId()).isEqualTo("retry-1");
    assertThat(run.tasks()).hasSize(1);
    assertThat(run.tasks().getFirst().storageFileId().toString()).isEqualTo(OTHER_FILE);
  }

  @Test
  void retry_of_a_live_run_is_409_with_that_run() {
    started(server);
    var answer = server.post(RUN + "/retry");
    assertAnswer(answer, 409, "409-retry-live");
    assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
  }

  @Test
  void retry_of_a_successful_run_is_409() {
    started(server);
    worker().execute(KEY, AttemptOutcome.succeeded());
    assertAnswer(server.post(RUN + "/retry"), 409, "409-nothing-to-retry");
  }

  @Test
  void retry_while_another_run_is_live_is_303_with_that_run() {
    server.post(CONNECTION + "/run");
    server.post(RUN + "/cancel");
    var live = location(server.post(CONNECTION + "/run"));
    var answer = server.post(RUN + "/retry");
    assertNoBody(answer, 303);
    assertThat(location(answer)).isEqualTo(live);
  }

  // ---- output -----------------------------------------------------------------------------------

  private static String output(String task) {
    return RUN + "/tasks/" + task + "/output";
  }

  @Test
  void output_of_a_task_is_plain_text() {
    started(server);
    worker()
        .execute(
            KEY,
            (attempt, control) -> {
              control.print("<b>reading</b> \u00e4\u20ac\n");
              return AttemptOutcome.succeeded();
            });
    var task = server.runs().find(KEY).orElseThrow().tasks().getFirst().id();
    var answer = server.get(output(task.toString()));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("<b>reading</b> \u00e4\u20ac\n");
    assertThat(answer.headers().allValues("Content-Type"))
        .containsExactly("text/plain;charset=utf-8");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    var head = server.send(server.authorized(output(task.toString())).HEAD());
    assertThat(head.statusCode()).isEqualTo(200);
  }

  @Test
  void output_of_a_task_that_printed_nothing_is_empty() {
    started(server);
    var answer = server.get(output(TASK_ID));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void output_of_an_unknown_task_is_404_and_malformed_ids_are_422() {
    started(server);
    assertAnswer(server.get(output(UNKNOWN_FILE_ID)), 404, "404-task");
    assertAnswer(server.get(CONNECTIONS + "/x/runs/y/tasks/z/output"), 422, "422-task-ids");
  }
}
