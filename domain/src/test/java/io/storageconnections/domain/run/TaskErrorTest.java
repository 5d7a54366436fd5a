package io.storageconnections.domain.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.storageconnections.domain.connection.Origin;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Tests the errors of tasks, and when an error is retried. */
class TaskErrorTest {

  @Test
  void an_error_of_the_server_has_the_values_of_its_key() {
    var error = TaskError.of(ErrorKey.USER_NOT_AUTHENTICATED, "no consent");

    assertThat(error)
        .isEqualTo(
            new TaskError(
                ErrorSystem.CLOUD_ORCHESTRATOR,
                "initialization",
                ErrorCategory.TOKEN_ACCESS,
                "UserNotAuthenticated",
                "User is not authenticated.",
                "https://bentleysystems.service-now.com/community"
                    + "?id=kb_article&sysparm_article=KB0098401",
                true,
                "no consent",
                null));
    assertThat(error.withBridgeExitCode(4_294_967_295L).bridgeExitCode()).isEqualTo(4_294_967_295L);
    assertThat(error.withBridgeExitCode(1).details()).isEqualTo("no consent");
  }

  @Test
  void an_error_without_an_article_has_an_empty_link() {
    assertThat(TaskError.of(ErrorKey.BRIDGING_FAILED, "").kbArticleLink()).isEmpty();
  }

  @Test
  void the_text_of_a_connector_is_cut_and_cleaned_so_that_every_database_can_store_it() {
    var smile = Character.toString(0x1F600);
    var text = "a\u0000b\uD83Dc" + smile.repeat(3_000);
    var stored = "a\uFFFDb\uFFFDc" + smile.repeat(TaskError.TEXT_LENGTH_MAX - 5);

    var error =
        new TaskError(
            ErrorSystem.CONNECTOR, text, ErrorCategory.OTHER, text, text, text, false, text, null);
    assertThat(error)
        .isEqualTo(
            new TaskError(
                ErrorSystem.CONNECTOR,
                stored,
                ErrorCategory.OTHER,
                stored,
                stored,
                stored,
                false,
                stored,
                null));
    assertThat(error.details()).isEqualTo(stored);

    var report = new SynchronizationReport(text, text, 0, 20, 3);
    assertThat(report.message()).isEqualTo(stored);
    assertThat(report.suggestedAction()).isEqualTo(stored);

    var origin = new Origin(text, text, text);
    assertThat(origin.client()).startsWith("a\uFFFDb\uFFFDc");
    assertThat(origin.correlationId()).isEqualTo(origin.client()).isEqualTo(origin.subject());
    assertThat(origin.client().codePointCount(0, origin.client().length()))
        .isEqualTo(Origin.TEXT_LENGTH_MAX);
    assertThat(new Origin("cli", "user", null).correlationId()).isNull();
  }

  @Test
  void a_report_counts_from_0_on() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SynchronizationReport("", "", -1, 0, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SynchronizationReport("", "", 0, -1, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SynchronizationReport("", "", 0, 0, -1));
  }

  @ParameterizedTest
  @EnumSource(
      names = {"NETWORK_ISSUE", "ANOTHER_USER_PUSHING", "LOCK_ERROR", "NODE_BECAME_UNUSABLE"})
  void network_locks_and_lost_nodes_are_retried(ErrorKey key) {
    assertThat(AttemptOutcome.failed(key, "").isTransient()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"NETWORK_ISSUE", "ANOTHER_USER_PUSHING", "LOCK_ERROR", "NODE_BECAME_UNUSABLE"})
  void every_other_error_is_final_at_once(ErrorKey key) {
    assertThat(AttemptOutcome.failed(key, "").isTransient()).isFalse();
  }

  @Test
  void every_key_has_a_description() {
    assertThat(Arrays.stream(ErrorKey.values()))
        .allSatisfy(key -> assertThat(key.description()).endsWith("."));
  }

  @Test
  void the_values_of_an_outcome_do_not_contradict_each_other() {
    var error = TaskError.of(ErrorKey.BRIDGING_FAILED, "");
    var report = new SynchronizationReport("Warning", "", 0, 20, 3);

    assertThat(AttemptOutcome.succeeded().withReport(report).report()).isEqualTo(report);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AttemptOutcome(RunResult.SUCCESS, error, false, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AttemptOutcome(RunResult.ERROR, null, false, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AttemptOutcome(RunResult.TIMED_OUT, error, true, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AttemptOutcome(RunResult.CANCELLED, null, false, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AttemptOutcome(RunResult.UNDETERMINED, null, false, null));
  }

  @ParameterizedTest
  @CsvSource({"1, PT30S", "2, PT1M", "3, PT2M", "10, PT4H16M"})
  void the_backoff_doubles_after_each_attempt(int attempts, Duration backoff) {
    assertThat(new RetryPolicy(20, Duration.ofSeconds(30)).backoffAfter(attempts))
        .isEqualTo(backoff);
  }

  @Test
  void the_backoff_stays_finite_after_any_number_of_attempts() {
    var policy = new RetryPolicy(Integer.MAX_VALUE, Duration.ofDays(1));

    assertThat(RunFixtures.START.plus(policy.backoffAfter(Integer.MAX_VALUE - 1)))
        .isAfter(RunFixtures.START);
  }

  @Test
  void a_task_has_at_least_one_attempt() {
    assertThatIllegalArgumentException().isThrownBy(() -> new RetryPolicy(0, Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RetryPolicy(1, Duration.ofSeconds(-1)));
  }
}
