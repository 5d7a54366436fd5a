package io.storageconnections.adapter.connectors.command;

import io.storageconnections.domain.connection.InvalidValueException;
import io.storageconnections.domain.run.ErrorCategory;
import io.storageconnections.domain.run.ErrorKey;
import io.storageconnections.domain.run.ErrorSystem;
import io.storageconnections.domain.run.SynchronizationReport;
import io.storageconnections.domain.run.TaskError;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a connector has reported: its result, its last error and its issues. Each is a line of
 * standard output that is a JSON object with a known {@code type}. Other lines, and members of
 * another JSON type, are ignored. Not thread-safe.
 */
final class ConnectorReport {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private @Nullable JsonNode error;
  private @Nullable JsonNode result;
  private long errors;
  private long warnings;
  private long otherIssues;
  private boolean incomplete;

  /** Reads a line. */
  void read(byte[] line, int length) {
    if (length == 0 || line[0] != '{') {
      return;
    }
    JsonNode object;
    try {
      object = JSON.readTree(line, 0, length);
    } catch (JacksonException log) {
      return;
    }
    switch (text(object, "type").orElse("")) {
      case "error" -> error = object;
      case "result" -> result = object;
      case "issue" -> count(text(object, "severity").orElse(""));
      default -> {
        // Progress, of which only the last output of the attempt tells; or a log.
      }
    }
  }

  private void count(String severity) {
    switch (severity.toLowerCase(Locale.ROOT)) {
      case "error" -> errors++;
      case "warning" -> warnings++;
      default -> otherIssues++;
    }
  }

  /** Notes that the connector has printed more than is read. */
  void markIncomplete() {
    incomplete = true;
  }

  /** Returns whether a line of the type {@code result} was read. */
  boolean hasResult() {
    return result != null;
  }

  /** Returns whether the connector has printed more than was read. */
  boolean isIncomplete() {
    return incomplete;
  }

  /** Returns what the connector found in the file; empty if it has printed nothing about that. */
  Optional<SynchronizationReport> summary() {
    return result == null && errors + warnings + otherIssues == 0
        ? Optional.empty()
        : Optional.of(
            new SynchronizationReport(
                text(result, "suggestedAction").orElse(""),
                text(result, "message").orElse(""),
                errors,
                warnings,
                otherIssues));
  }

  /**
   * Returns the error that the connector reported last; empty if it reported none.
   *
   * @param key the error if the connector's error has no key
   */
  Optional<TaskError> error(ErrorKey key) {
    return error == null ? Optional.empty() : Optional.of(error(error, key));
  }

  /** Returns whether another attempt makes sense after the error that the connector reported. */
  boolean isTransient() {
    return error != null
        && error
            .path("transient")
            .booleanValueOpt()
            .orElseGet(() -> knownKey().map(ErrorKey::isTransient).orElse(false));
  }

  private TaskError error(JsonNode reported, ErrorKey key) {
    var base = knownKey().orElse(key);
    return new TaskError(
        parsed(reported, "system", ErrorSystem::parse)
            .orElse(knownKey().map(ErrorKey::system).orElse(ErrorSystem.CONNECTOR)),
        text(reported, "phase").orElse(base.phase()),
        parsed(reported, "category", ErrorCategory::parse).orElse(base.category()),
        text(reported, "descriptionKey").orElse(base.toString()),
        text(reported, "description").orElse(base.description()),
        text(reported, "kbArticleLink").orElse(base.kbArticleLink()),
        reported.path("canUserFix").booleanValueOpt().orElse(base.canUserFix()),
        text(reported, "details").orElse(""),
        null);
  }

  private Optional<ErrorKey> knownKey() {
    return parsed(error, "descriptionKey", ErrorKey::parse);
  }

  private static <T> Optional<T> parsed(
      @Nullable JsonNode object, String member, Function<String, T> parser) {
    try {
      return text(object, member).map(parser);
    } catch (InvalidValueException unknown) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(@Nullable JsonNode object, String member) {
    return object == null ? Optional.empty() : object.path(member).stringValueOpt();
  }
}
