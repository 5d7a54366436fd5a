package io.storageconnections.adapter.http.run;

import static io.storageconnections.adapter.http.ApiFixtures.RUN;
import static io.storageconnections.adapter.http.ApiFixtures.assertAnswer;
import static io.storageconnections.adapter.http.ApiFixtures.assertNoBody;
import static io.storageconnections.adapter.http.ApiFixtures.etag;
import static io.storageconnections.adapter.http.RunFixtures.started;
import static io.storageconnections.adapter.http.fixture.Wire.golden;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.adapter.http.TestServer;
import io.storageconnections.adapter.http.fixture.TestWorker;
import io.storageconnections.adapter.http.fixture.Wire;
import io.storageconnections.application.contract.InMemoryRunStore;
import io.storageconnections.application.outcome.Failure.OfRun;
import io.storageconnections.application.outcome.Outcome;
import io.storageconnections.domain.run.AttemptOutcome;
import io.storageconnections.domain.run.Run;
import io.storageconnections.domain.run.RunKey;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Waiting for the end of a run with {@code Prefer: wait=N}. */
@Timeout(50)
final class WaitForRunTest {

  /** Counts down with each read of a run. */
  private CountDownLatch reads = new CountDownLatch(1);

  private final TestServer server =
      TestServer.on(
          new InMemoryRunStore() {
            @Override
            public Outcome<Run, OfRun> find(RunKey key) {
              var found = super.find(key);
              reads.countDown();
              return found;
            }
          });

  @BeforeEach
  void createConnection() {
    assertThat(server.create(golden("create-request")).statusCode()).isEqualTo(201);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> get(String prefer) {
    return server.get(RUN, "Prefer", prefer);
  }

  private static Optional<String> applied(HttpResponse<String> answer) {
    return answer.headers().firstValue("Preference-Applied");
  }

  private static String state(HttpResponse<String> answer) {
    return Wire.at(answer.body(), "/run/state");
  }

  @Test
  void answer_comes_when_the_run_is_completed() throws Exception {
    var run = started(server);
    reads = new CountDownLatch(2);
    var answer = CompletableFuture.supplyAsync(() -> get("wait=60"));
    assertThat(reads.await(40, TimeUnit.SECONDS)).isTrue();
    assertThat(answer).isNotDone();
    new TestWorker(server.runs()).execute(run.key(), AttemptOutcome.succeeded());
    assertThat(state(answer.get(40, TimeUnit.SECONDS))).isEqualTo("Completed");
    assertThat(applied(answer.join())).contains("wait=60");
  }

  @Test
  void answer_comes_after_the_time_with_the_state_of_then() throws Exception {
    started(server);
    reads = new CountDownLatch(2);
    var answer = get("wait=1");
    assertThat(reads.await(0, TimeUnit.SECONDS)).isTrue();
    assertThat(state(answer)).isEqualTo("Queued");
    assertThat(applied(answer)).contains("wait=1");
  }

  @Test
  void head_waits_too() throws Exception {
    started(server);
    reads = new CountDownLatch(2);
    var answer = server.send(server.authorized(RUN).header("Prefer", "wait=1").HEAD());
    assertThat(reads.await(0, TimeUnit.SECONDS)).isTrue();
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(applied(answer)).contains("wait=1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wait=30                                    | wait=30",
        "wait=60                                    | wait=60",
        "wait=61                                    | wait=60",
        "wait=99999999999999999999999               | wait=60",
        "wait=007                                   | wait=7",
        "WAIT=5                                     | wait=5",
        "wait = 5                                   | wait=5",
        "wait=\"5\"                                 | wait=5",
        "wait=5; foo=bar                            | wait=5",
        "return=representation, wait=5              | wait=5",
        "respond-async, wait=5, return=minimal      | wait=5",
        "wait=5, wait=6                             | wait=5",
      })
  void completed_run_is_answered_at_once_with_the_applied_time(String prefer, String expected) {
    started(server);
    server.post(RUN + "/cancel");
    var answer = get(prefer);
    assertThat(state(answer)).isEqualTo("Completed");
    assertThat(applied(answer)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wait",
        "wait=",
        "wait=-1",
        "wait=+1",
        "wait=1.5",
        "wait=soon",
        "await=5",
        "return=representation",
        "wait=x, wait=60",
        ","
      })
  void malformed_time_is_ignored(String prefer) {
    started(server);
    var answer = get(prefer);
    assertThat(state(answer)).isEqualTo("Queued");
    assertThat(applied(answer)).isEmpty();
  }

  @Test
  void preference_of_a_second_header_counts() {
    started(server);
    server.post(RUN + "/cancel");
    var answer = server.get(RUN, "Prefer", "return=representation", "Prefer", "wait=2");
    assertThat(applied(answer)).contains("wait=2");
  }

  @Test
  void unknown_run_is_404_at_once() {
    assertAnswer(get("wait=60"), 404, "404-run");
  }

  @Test
  void etag_is_compared_after_the_wait() {
    started(server);
    var known = etag(server.get(RUN));
    assertNoBody(server.get(RUN, "Prefer", "wait=0", "If-None-Match", known), 304);
  }

  @Test
  void shutdown_ends_the_wait() throws Exception {
    started(server);
    reads = new CountDownLatch(2);
    var answer = CompletableFuture.supplyAsync(() -> get("wait=60"));
    assertThat(reads.await(40, TimeUnit.SECONDS)).isTrue();
    server.stop();
    assertThat(answer.get(40, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    assertThat(state(answer.join())).isEqualTo("Queued");
  }
}
