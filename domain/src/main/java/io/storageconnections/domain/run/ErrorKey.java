package io.storageconnections.domain.run;

import static io.storageconnections.domain.run.ErrorCategory.CONFIGURATION;
import static io.storageconnections.domain.run.ErrorCategory.DATA_CONFLICT;
import static io.storageconnections.domain.run.ErrorCategory.FILE_ACCESS;
import static io.storageconnections.domain.run.ErrorCategory.IMODEL_ACCESS;
import static io.storageconnections.domain.run.ErrorCategory.OTHER;
import static io.storageconnections.domain.run.ErrorCategory.TOKEN_ACCESS;
import static io.storageconnections.domain.run.ErrorSystem.CLOUD_ORCHESTRATOR;
import static io.storageconnections.domain.run.ErrorSystem.CONNECTOR;

import io.storageconnections.domain.connection.InvalidValueException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The errors of runs and tasks that this server reports. A connector may report others; see {@link
 * TaskError}. The text form is the key of the error, which clients translate.
 *
 * <p>Source: keys, categories, articles and the answer to "can the user fix it" are those of the
 * public catalogue of errors of Bentley's connector framework. The catalogue assigns neither a
 * system nor a phase to an error, and does not say which errors are transient; this project does.
 */
public enum ErrorKey {
  /** No job of the run succeeded. */
  ALL_JOBS_FAILED(
      "AllJobsFailed",
      "All processing Jobs of the Run failed.",
      CLOUD_ORCHESTRATOR,
      "internal_server_error",
      OTHER),
  /** Some jobs of the run succeeded, or one succeeded in part. */
  SOME_JOBS_FAILED(
      "SomeJobsFailed",
      "Some Jobs of the Run were not successful.",
      CLOUD_ORCHESTRATOR,
      "internal_server_error",
      OTHER),
  /** The server could not execute the run. */
  RUN_ORCHESTRATION_ERROR(
      "RunOrchestrationError",
      "Failed to orchestrate Run.",
      CLOUD_ORCHESTRATOR,
      "internal_server_error",
      OTHER),
  /** The run contradicts another run. */
  RUN_SCHEDULING_CONFLICT(
      "RunSchedulingConflict",
      "Failed to execute Run due to a scheduling conflict.",
      CLOUD_ORCHESTRATOR,
      "planning",
      OTHER),
  /** The user has not allowed the server to read files. */
  USER_NOT_AUTHENTICATED(
      "UserNotAuthenticated",
      "User is not authenticated.",
      CLOUD_ORCHESTRATOR,
      "initialization",
      TOKEN_ACCESS,
      "KB0098401",
      Trait.USER_CAN_FIX),
  /** The run failed before its first attempt. */
  PREPROCESSING_FAILED(
      "PreprocessingFailed",
      "Preprocessing of the Run failed.",
      CLOUD_ORCHESTRATOR,
      "preprocessor",
      OTHER),

  /** The connector failed, or ended in a way that it must not. */
  BRIDGING_FAILED(
      "BridgingFailed",
      "Failed to process the file.",
      CLOUD_ORCHESTRATOR,
      "internal_server_error",
      OTHER),
  /** The run was cancelled before the file was processed. */
  TASK_WAS_CANCELLED(
      "TaskWasCancelled",
      "File processing was canceled.",
      CLOUD_ORCHESTRATOR,
      "external_to_run_execution",
      OTHER),
  /** The node stopped while it processed the file. */
  NODE_BECAME_UNUSABLE(
      "NodeBecameUnusable",
      "The node stopped while it processed the file.",
      CLOUD_ORCHESTRATOR,
      "external_to_run_execution",
      OTHER,
      "",
      Trait.TRANSIENT),
  /** The server could not begin the next attempt. */
  FAILED_TO_RETRY_TASK(
      "FailedToRetryTask",
      "Failed to orchestrate file processing retry.",
      CLOUD_ORCHESTRATOR,
      "internal_server_error",
      OTHER,
      "KB0098415"),
  /** No connector is configured for the connector type. */
  NO_CONNECTOR(
      "BridgeBatchPoolNotFound",
      "Processing of this file type is not currently available.",
      CLOUD_ORCHESTRATOR,
      "planning",
      CONFIGURATION),
  /** The connector cannot be started, or says that its configuration is wrong. */
  CONNECTOR_INITIALIZATION_FAILED(
      "ConnectorInitializationFailed",
      "Error initializing connector.",
      CLOUD_ORCHESTRATOR,
      "connector_initialization",
      OTHER),
  /** Another service did not answer. */
  NETWORK_ISSUE(
      "NetworkIssue",
      "There was a network issue, please try again later.",
      CLOUD_ORCHESTRATOR,
      "file_download",
      OTHER,
      "",
      Trait.TRANSIENT),
  /** Storage does not have the file. */
  SOURCE_FILE_NOT_FOUND(
      "SourceFileNotFound",
      "Source file was not found at location.",
      CLOUD_ORCHESTRATOR,
      "file_download",
      FILE_ACCESS,
      "KB0098398",
      Trait.USER_CAN_FIX),
  /** Storage refuses the server access to the file. */
  SOURCE_FILE_NOT_ACCESSIBLE(
      "SourceFileNotAccessible",
      "The source file is not accessible.",
      CLOUD_ORCHESTRATOR,
      "file_download",
      FILE_ACCESS,
      "KB0098399",
      Trait.USER_CAN_FIX),
  /** The file is empty. */
  ZERO_BYTE(
      "ZeroByte",
      "The file has a size of 0 bytes. Please check your datasource.",
      CLOUD_ORCHESTRATOR,
      "file_download",
      DATA_CONFLICT,
      "",
      Trait.USER_CAN_FIX),
  /** The connector cannot read the format of the file. */
  UNSUPPORTED_FILE(
      "UnsupportedFile",
      "The input file format is unsupported. It is likely mapped to the wrong connector. If not,"
          + " please try to reload the file from its original location.",
      CONNECTOR,
      "file_format",
      FILE_ACCESS,
      "KB0098410",
      Trait.USER_CAN_FIX),
  /** Another program changes the iModel at the moment. */
  ANOTHER_USER_PUSHING(
      "AnotherUserPushing",
      "Another user is attempting to push data to the same iModel. Please try again in a few"
          + " minutes.",
      CONNECTOR,
      "pull_merge_push",
      IMODEL_ACCESS,
      "KB0098412",
      Trait.USER_CAN_FIX,
      Trait.TRANSIENT),
  /** Another program holds locks of the iModel. */
  LOCK_ERROR(
      "LockError",
      "Connector was unable to acquire required locks.",
      CONNECTOR,
      "pull_merge_push",
      IMODEL_ACCESS,
      "KB0098388",
      Trait.TRANSIENT),
  /** The connector did not have enough memory. */
  OUT_OF_MEMORY(
      "OutOfMemory",
      "Failed to process the file due to low memory condition.",
      CONNECTOR,
      "internal_server_error",
      CONFIGURATION);

  /** What distinguishes some errors from most others. */
  private enum Trait {
    USER_CAN_FIX,
    TRANSIENT
  }

  private static final String ARTICLES =
      "https://bentleysystems.service-now.com/community?id=kb_article&sysparm_article=";

  private static final Map<String, ErrorKey> BY_TEXT =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(ErrorKey::toString, Function.identity()));

  private final String text;
  private final String description;
  private final ErrorSystem system;
  private final String phase;
  private final ErrorCategory category;
  private final String kbArticle;
  private final boolean canUserFix;
  private final boolean isTransient;

  ErrorKey(
      String text, String description, ErrorSystem system, String phase, ErrorCategory category) {
    this(text, description, system, phase, category, "");
  }

  ErrorKey(
      String text,
      String description,
      ErrorSystem system,
      String phase,
      ErrorCategory category,
      String kbArticle,
      Trait... traits) {
    this.text = text;
    this.description = description;
    this.system = system;
    this.phase = phase;
    this.category = category;
    this.kbArticle = kbArticle;
    canUserFix = Arrays.asList(traits).contains(Trait.USER_CAN_FIX);
    isTransient = Arrays.asList(traits).contains(Trait.TRANSIENT);
  }

  /**
   * Parses the text form.
   *
   * @param text the key of an error in the catalogue; case-sensitive
   * @return the constant with this key
   * @throws InvalidValueException if no constant has this key
   */
  public static ErrorKey parse(String text) {
    var key = BY_TEXT.get(text);
    if (key == null) {
      throw new InvalidValueException("one of " + Arrays.toString(values()));
    }
    return key;
  }

  /** {@return one or more English sentences for users} */
  public String description() {
    return description;
  }

  /** {@return the system that reports the error} */
  public ErrorSystem system() {
    return system;
  }

  /** {@return the phase in which the error occurs, by its name in the catalogue} */
  public String phase() {
    return phase;
  }

  /** {@return the kind of cause} */
  public ErrorCategory category() {
    return category;
  }

  /** {@return the URL of Bentley's knowledge base article on the error; empty if there is none} */
  public String kbArticleLink() {
    return kbArticle.isEmpty() ? "" : ARTICLES + kbArticle;
  }

  /** {@return whether the user can remove the cause} */
  public boolean canUserFix() {
    return canUserFix;
  }

  /**
   * {@return whether the cause may pass, so that the server tries again; any other error is final}
   */
  public boolean isTransient() {
    return isTransient;
  }

  /** {@return the key, as {@link #parse} reads it} */
  @Override
  public String toString() {
    return text;
  }
}
