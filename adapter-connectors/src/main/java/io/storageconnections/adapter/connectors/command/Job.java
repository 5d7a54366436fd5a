package io.storageconnections.adapter.connectors.command;

import io.storageconnections.application.port.Attempt;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * The description of an attempt, which its connector gets.
 *
 * @param attempt the attempt
 * @param folder the folder of the attempt
 * @param sourceFile the content of the file; empty if Storage is not known
 */
record Job(Attempt attempt, AttemptFolder folder, Optional<Path> sourceFile) {

  /** The version of the JSON form; rises when an existing member changes its meaning. */
  private static final int SCHEMA_VERSION = 1;

  /** The name by which OpenTelemetry passes a trace on to a process. */
  private static final String TRACE_PARENT = "TRACEPARENT";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Returns one line of JSON, with the line feed. */
  String toJson() {
    var run = attempt.run();
    var task = attempt.task();
    var job = JSON.createObjectNode();
    job.put("schemaVersion", SCHEMA_VERSION)
        .put("runId", run.id().toString())
        .put("taskId", task.id().toString())
        .put("attempt", task.attempts())
        .put("deadline", attempt.deadline().toString());
    var source = job.putObject("source");
    source
        .put("storageFileId", task.storageFileId().toString())
        .put("sourceFileId", task.sourceFile().toString());
    if (attempt.source().isPresent()) {
      var content = attempt.source().get();
      var name = content.name();
      if (name != null) {
        source.put("name", name.toString());
      }
      source.put("size", content.size());
    }
    sourceFile.ifPresent(path -> source.put("path", path.toString()));
    job.putObject("settings")
        .put("iModelId", run.iModel().toString())
        .put("iTwinId", task.storageFileId().iTwin().toString())
        .put("connectionId", run.connection().toString())
        .put("connectorType", task.connectorType().toString())
        .put("outputDir", folder.output().toString());
    job.put("correlationId", run.origin().correlationId());
    job.put("traceParent", attempt.traceParent());
    return JSON.writeValueAsString(job) + "\n";
  }

  /** Returns the variables that the program gets besides those of the command. */
  Map<String, String> environment() {
    return attempt.traceParent() == null ? Map.of() : Map.of(TRACE_PARENT, attempt.traceParent());
  }

  /** Returns the program's arguments, with the values of the placeholders. */
  List<String> arguments(List<String> argv) {
    return argv.stream().map(argument -> Placeholder.replaceAll(argument, this::value)).toList();
  }

  private String value(Placeholder placeholder) {
    return switch (placeholder) {
      case JOB_FILE -> folder.job().toString();
      case SOURCE_FILE -> sourceFile.map(Path::toString).orElse("");
      case OUTPUT_DIR -> folder.output().toString();
      case I_MODEL_ID -> attempt.run().iModel().toString();
      case CONNECTOR_TYPE -> attempt.task().connectorType().toString();
    };
  }
}
