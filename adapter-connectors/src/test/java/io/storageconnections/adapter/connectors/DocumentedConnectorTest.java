package io.storageconnections.adapter.connectors;

import static io.storageconnections.application.contract.AttemptFixtures.attempt;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.adapter.connectors.command.Placeholder;
import io.storageconnections.adapter.connectors.simulator.FileFormat;
import io.storageconnections.application.contract.RecordingControl;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.run.ErrorKey;
import io.storageconnections.domain.run.RunResult;
import io.storageconnections.domain.run.SynchronizationReport;
import io.storageconnections.domain.run.TaskError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page on connectors is right. */
final class DocumentedConnectorTest {

  private static final Pattern PROGRAM = Pattern.compile("(?s)```sh\n(#!/bin/sh\n.*?)```");

  @TempDir Path temporary;

  @Test
  void the_connector_of_the_page_works() throws Exception {
    var program = PROGRAM.matcher(page());
    assertThat(program.find()).isTrue();
    var file = Files.writeString(temporary.resolve("checksum.sh"), program.group(1));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    var control = new RecordingControl();
    var outcome =
        CommandConnector.builder(
                List.of(file.toString(), "{sourceFile}"), temporary.resolve("work"))
            .build()
            .attempt(attempt().of("a.ifc", "content".getBytes(UTF_8)).build(), control)
            .orElseThrow();
    assertThat(outcome.result()).as(control.printed()).isEqualTo(RunResult.SUCCESS);
    assertThat(outcome.report())
        .isEqualTo(new SynchronizationReport("", "The checksum is computed.", 0, 1, 0));
    assertThat(control.printed())
        .startsWith("the job: {\"schemaVersion\":1,")
        // The checksum and the size.
        .containsPattern("\n[0-9]+ 7 /");
  }

  @Test
  void the_connector_of_the_page_fails_without_a_file() throws Exception {
    var program = PROGRAM.matcher(page());
    assertThat(program.find()).isTrue();
    var file = Files.writeString(temporary.resolve("checksum.sh"), program.group(1));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    var outcome =
        CommandConnector.builder(
                List.of(file.toString(), "{sourceFile}"), temporary.resolve("work"))
            .build()
            .attempt(attempt().build(), new RecordingControl())
            .orElseThrow();
    assertThat(outcome.error())
        .isEqualTo(
            new TaskError(
                ErrorKey.SOURCE_FILE_NOT_FOUND.system(),
                ErrorKey.SOURCE_FILE_NOT_FOUND.phase(),
                ErrorKey.SOURCE_FILE_NOT_FOUND.category(),
                "SourceFileNotFound",
                "There is no file.",
                ErrorKey.SOURCE_FILE_NOT_FOUND.kbArticleLink(),
                true,
                "",
                1L));
  }

  @Test
  void the_page_lists_the_placeholders() throws Exception {
    assertThat(rows("placeholder"))
        .map(row -> row.split("`", -1)[1])
        .containsExactlyElementsOf(
            Arrays.stream(Placeholder.values()).map(Placeholder::toString).toList());
  }

  @Test
  void the_page_lists_the_readers_of_each_format() throws Exception {
    var rows =
        rows("format").stream()
            .map(line -> line.split("\\|", -1)[2])
            .map(cell ->
                Arrays.stream(ConnectorType.values())
                    .filter(type -> cell.contains("`" + type + "`"))
                    .collect(Collectors.toUnmodifiableSet()))
            .collect(Collectors.toUnmodifiableSet());
    var readers =
        Arrays.stream(FileFormat.values())
            .map(format ->
                Arrays.stream(ConnectorType.values())
                    .filter(ConnectorType::isDocumented)
                    .filter(format::isReadBy)
                    .collect(Collectors.toUnmodifiableSet()))
            .collect(Collectors.toUnmodifiableSet());
    assertThat(rows).isEqualTo(readers);
  }

  /** Returns the rows of the table whose first column has this name. */
  private static List<String> rows(String column) throws IOException {
    return page()
        .lines()
        .dropWhile(line -> !line.startsWith("| " + column + " |"))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .toList();
  }

  private static String page() throws IOException {
    return Files.readString(Path.of("..", "docs", "connectors.md"));
  }
}
