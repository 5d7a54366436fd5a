package io.storageconnections.application.run;

import static io.storageconnections.application.contract.OutcomeAssertions.assertSuccess;
import static io.storageconnections.domain.connection.ConnectorType.MSTN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.storageconnections.application.port.DirectoryException;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.SourceContents;
import io.storageconnections.application.run.ExecuteRun.Done;
import io.storageconnections.application.run.ExecuteRun.Requeue;
import io.storageconnections.domain.connection.FileName;
import io.storageconnections.domain.run.ErrorKey;
import io.storageconnections.domain.run.RunResult;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests how a worker reads the files of tasks. */
@Timeout(60)
final class ExecuteRunFilesTest extends ExecuteRunTests {

  @Test
  void a_connector_reads_the_file_whose_name_is_kept_and_which_is_closed_then() throws Exception {
    var content = new RecordedContent("content");
    contents = (iModel, file) -> content.opened("found.dgn");
    var read = new ArrayList<String>();
    connect(
        MSTN,
        (attempt, control) -> {
          assertThat(content.closed).isFalse();
          read.add(new String(attempt.source().orElseThrow().stream().readAllBytes(), UTF_8));
          return Optional.of(SUCCEEDED);
        });
    var run = started(MSTN);

    execute(run);

    assertThat(read).containsExactly("content");
    assertThat(content.closed).isTrue();
    assertThat(fileName(run)).isEqualTo(new FileName("found.dgn"));
  }

  @Test
  void file_and_connector_are_used_in_the_context_of_the_run() throws Exception {
    var events = new ArrayList<String>();
    context =
        entered -> {
          events.add("enter " + entered.id());
          return () -> events.add("leave");
        };
    contents =
        (iModel, file) -> {
          events.add("open");
          return new RecordedContent("content").opened(null);
        };
    connect(
        MSTN,
        (attempt, control) -> {
          events.add("attempt");
          throw new IllegalStateException("of a test");
        });
    var run = started(MSTN);

    execute(run);

    assertThat(events).containsExactly("enter " + run.run(), "open", "attempt", "leave");
  }

  @Test
  void a_file_without_a_name_keeps_the_name_that_is_known() throws Exception {
    contents = (iModel, file) -> new RecordedContent("content").opened(null);
    connectAll(MSTN);
    var run = started(MSTN);
    var source =
        assertSuccess(connections.listFiles(run.connection(), new PageRequest(0, 1)))
            .items()
            .getFirst();
    runs.saveFileName(
        run.connection(), source.id(), source.storageFileId(), new FileName("old.dgn"));

    execute(run);

    assertThat(fileName(run)).isEqualTo(new FileName("old.dgn"));
  }

  @Test
  void a_missing_file_fails_without_an_attempt_of_the_connector() throws Exception {
    contents = (iModel, file) -> new SourceContents.Missing();
    connectAll(MSTN);
    var run = started(MSTN);

    assertThat(execute(run)).isEqualTo(new Done());

    assertThat(attempted).isEmpty();
    assertError(run, 0, ErrorKey.SOURCE_FILE_NOT_FOUND, "");
  }

  @Test
  void an_empty_file_fails_without_an_attempt_of_the_connector_and_is_closed() throws Exception {
    var content = new RecordedContent("");
    contents = (iModel, file) -> content.opened("empty.dgn");
    connectAll(MSTN);
    var run = started(MSTN);

    assertThat(execute(run)).isEqualTo(new Done());

    assertThat(attempted).isEmpty();
    assertError(run, 0, ErrorKey.ZERO_BYTE, "");
    assertThat(content.closed).isTrue();
  }

  @Test
  void a_storage_that_cannot_answer_is_asked_again_after_the_backoff() throws Exception {
    for (var failure : STORAGE_FAILURES) {
      var answers = new AtomicInteger();
      contents =
          (iModel, file) -> {
            if (answers.getAndIncrement() == 0) {
              throw failure;
            }
            return new SourceContents.Unknown();
          };
      connectAll(MSTN);
      var run = started(MSTN);

      assertThat(execute(run)).isEqualTo(new Requeue(clock.instant().plus(BACKOFF)));
      assertThat(Objects.requireNonNull(task(run, 0).error()).descriptionKey())
          .isEqualTo(ErrorKey.NETWORK_ISSUE.toString());
      clock.advance(BACKOFF);
      assertThat(execute(run, 2)).isEqualTo(new Done());
      assertThat(results(run)).containsExactly(RunResult.SUCCESS);
    }
  }

  @Test
  void a_storage_that_refuses_the_token_is_not_asked_again() throws Exception {
    contents =
        (iModel, file) -> {
          throw directoryFailure(DirectoryException.Reason.TOKEN_REFUSED);
        };
    connectAll(MSTN);
    var run = started(MSTN);

    assertThat(execute(run)).isEqualTo(new Done());

    assertError(run, 0, ErrorKey.SOURCE_FILE_NOT_ACCESSIBLE, "Storage says no");
  }

  @Test
  void a_file_is_closed_also_if_the_connector_throws() throws Exception {
    var content = new RecordedContent("content");
    contents = (iModel, file) -> content.opened(null);
    connect(
        MSTN,
        (attempt, control) -> {
          throw new InterruptedException("stopped");
        });
    var run = started(MSTN);

    assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> execute(run));

    assertThat(content.closed).isTrue();
  }
}
