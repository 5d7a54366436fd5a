package io.storageconnections.adapter.http.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.storageconnections.adapter.http.link.PagingLinks;
import io.storageconnections.adapter.http.request.Preference;
import io.storageconnections.adapter.http.response.ApiTime;
import io.storageconnections.application.port.Page;
import io.storageconnections.application.run.RunDetails;
import io.storageconnections.domain.run.ErrorKey;
import io.storageconnections.domain.run.Job;
import io.storageconnections.domain.run.SynchronizationReport;
import io.storageconnections.domain.run.Task;
import io.storageconnections.domain.run.TaskError;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer with one run. All times are in UTC and have seven digits after the second,
 * as in the documentation, so that clients can sort their text forms.
 *
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/get-storage-connection-run">The
 *     documented body</a>
 */
record RunBody(RunEntry run) {

  /**
   * The {@code bridgeExitCode} of an error without a process, as in the example of the
   * documentation.
   */
  private static final long NO_EXIT_CODE = 0xFFFF_FFFFL;

  /**
   * A run with all its members.
   *
   * @param endDateTime null, and absent from the body, until the run is completed
   * @param error null, and absent from the body, if there is none
   * @param progress an addition of this project
   */
  record RunEntry(
      String id,
      String connectionId,
      String startDateTime,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String endDateTime,
      String phase,
      String state,
      String result,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RunError error,
      List<JobEntry> jobs,
      @JsonProperty("_progress") RunProgress progress) {}

  /** The error of a run. */
  record RunError(String errorKey, String description) {}

  /**
   * The files of one connector type in a run.
   *
   * @param endDateTime null, and absent from the body, until the job is completed
   */
  record JobEntry(
      String id,
      String startDateTime,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String endDateTime,
      String state,
      String result,
      String connectorType,
      List<TaskEntry> tasks) {}

  /**
   * A file in a run. A member that is null is absent from the body.
   *
   * @param endDateTime null until the task is completed
   * @param error null if there is none
   * @param details null if the connector reported none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record TaskEntry(
      String id,
      String startDateTime,
      @Nullable String endDateTime,
      int retryAttempts,
      String storageFileId,
      String state,
      String result,
      @Nullable TaskErrorEntry error,
      @Nullable TaskDetails details) {}

  /** The error of a task. */
  record TaskErrorEntry(
      String errorCode,
      String message,
      String details,
      long bridgeExitCode,
      String system,
      String phase,
      String category,
      String descriptionKey,
      String description,
      String kbArticleLink,
      @JsonProperty("canUserFix") boolean userCanFix) {}

  /** The details of a task. */
  record TaskDetails(ReportEntry synchronizationReport) {}

  /** The report of a connector. */
  record ReportEntry(
      String suggestedAction,
      String message,
      long totalErrorsCount,
      long totalWarningsCount,
      long totalOtherIssuesCount) {}

  /** An entry of a list for a client that does not ask for {@code return=representation}. */
  record Summary(String id, String state, String result) {}

  /**
   * The body of an answer with one page of runs.
   *
   * @param runs only {@link RunEntry}s, or only {@link Summary}s
   */
  record Runs(List<?> runs, @JsonProperty("_links") PagingLinks links) {}

  /** Returns the body for one run. */
  static RunBody of(RunDetails details) {
    return new RunBody(entry(details));
  }

  /** Returns the body for one page of a list. */
  static Runs list(Page<RunDetails> page, Preference preference, PagingLinks paging) {
    return new Runs(
        switch (preference) {
          case MINIMAL -> page.items().stream().map(RunBody::summary).toList();
          case REPRESENTATION -> page.items().stream().map(RunBody::entry).toList();
        },
        paging);
  }

  private static Summary summary(RunDetails details) {
    var run = details.run();
    return new Summary(run.id().toString(), run.state().toString(), run.result().toString());
  }

  private static RunEntry entry(RunDetails details) {
    var run = details.run();
    return new RunEntry(
        run.id().toString(),
        run.connection().toString(),
        ApiTime.text(run.started()),
        time(run.ended()),
        run.phase().toString(),
        run.state().toString(),
        run.result().toString(),
        run.error().map(RunBody::error).orElse(null),
        run.jobs().stream().map(RunBody::job).toList(),
        RunProgress.of(details));
  }

  private static RunError error(ErrorKey key) {
    return new RunError(key.toString(), key.description());
  }

  private static JobEntry job(Job job) {
    return new JobEntry(
        job.id().toString(),
        ApiTime.text(job.started()),
        time(job.ended()),
        job.state().toString(),
        job.result().toString(),
        job.connectorType().name(),
        job.tasks().stream().map(RunBody::task).toList());
  }

  private static TaskEntry task(Task task) {
    return new TaskEntry(
        task.id().toString(),
        ApiTime.text(task.started()),
        time(Optional.ofNullable(task.ended())),
        task.retryAttempts(),
        task.storageFileId().toString(),
        task.state().toString(),
        task.result().toString(),
        Optional.ofNullable(task.error()).map(RunBody::error).orElse(null),
        Optional.ofNullable(task.report()).map(RunBody::details).orElse(null));
  }

  private static TaskErrorEntry error(TaskError error) {
    var exitCode = error.bridgeExitCode();
    return new TaskErrorEntry(
        TaskError.CODE,
        TaskError.MESSAGE,
        error.details(),
        exitCode == null ? NO_EXIT_CODE : exitCode,
        error.system().toString(),
        error.phase(),
        error.category().toString(),
        error.descriptionKey(),
        error.description(),
        error.kbArticleLink(),
        error.canUserFix());
  }

  private static TaskDetails details(SynchronizationReport report) {
    return new TaskDetails(
        new ReportEntry(
            report.suggestedAction(),
            report.message(),
            report.totalErrors(),
            report.totalWarnings(),
            report.totalOtherIssues()));
  }

  private static @Nullable String time(Optional<Instant> time) {
    return time.map(ApiTime::text).orElse(null);
  }
}
