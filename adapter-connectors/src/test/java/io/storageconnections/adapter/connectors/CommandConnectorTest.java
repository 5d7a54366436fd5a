package io.storageconnections.adapter.connectors;

import static io.storageconnections.application.contract.AttemptFixtures.attempt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.storageconnections.application.contract.ConnectorContract;
import io.storageconnections.application.port.Connector;
import io.storageconnections.domain.run.RunResult;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of connectors, the builder, and programs that cannot be started. */
final class CommandConnectorTest extends CommandConnectorFixture implements ConnectorContract {

  @Override
  public Connector succeedingConnector() {
    return builder(RESULT).build();
  }

  @Override
  public Connector endlessConnector() {
    return builder("sleep 1000\n").build();
  }

  // ---- programs that cannot be started
  // -----------------------------------------------------------

  @Test
  void a_program_that_does_not_exist_is_named() throws Exception {
    assertNotStarted(temporary.resolve("missing").toString());
    assertThat(assertNotStarted("no-such-program-in-any-folder")).doesNotContain("/usr/bin");
    assertNotStarted(temporary.toString());
  }

  @Test
  void a_program_that_is_not_executable_is_named() throws Exception {
    var file = Files.writeString(temporary.resolve("program.sh"), "#!/bin/sh\n");
    assertNotStarted(file.toString());
  }

  @Test
  void a_script_whose_interpreter_does_not_exist_is_named() throws Exception {
    var file = program("");
    Files.writeString(file, "#!/no/such/interpreter -x\n");
    assertThat(assertNotStarted(file.toString())).contains("/no/such/interpreter");
  }

  @Test
  void a_program_without_a_slash_is_looked_for_in_the_search_path() throws Exception {
    var file = program(RESULT);
    var connector =
        CommandConnector.builder(List.of(file.getFileName().toString()), workFolder())
            .serverEnvironment(
                Map.of("PATH", "/no/such/folder:" + file.getParent() + ":/usr/bin:/bin"))
            .build();
    assertThat(connector.attempt(attempt().build(), control).orElseThrow().result())
        .isEqualTo(RunResult.SUCCESS);
  }

  private String assertNotStarted(String program) throws Exception {
    var outcome =
        CommandConnector.builder(List.of(program), workFolder())
            .build()
            .attempt(attempt().build(), control)
            .orElseThrow();
    assertThat(outcome.isTransient()).isFalse();
    assertThat(error(outcome).descriptionKey()).isEqualTo("ConnectorInitializationFailed");
    assertThat(error(outcome).details()).contains(program);
    return error(outcome).details();
  }

  // ---- the builder
  // -------------------------------------------------------------------------------

  @Test
  void a_program_is_necessary() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> CommandConnector.builder(List.of(), temporary));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> CommandConnector.builder(List.of(" "), temporary));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> CommandConnector.builder(List.of("true", "a\0b"), temporary));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{source}", "--in={sourcefile}", "{jobFile}{x}"})
  void an_unknown_placeholder_is_refused_with_the_known_ones(String argument) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> CommandConnector.builder(List.of("true", argument), temporary))
        .withMessageContaining("{jobFile}, {sourceFile}, {outputDir}, {iModelId}, {connectorType}");
  }

  @Test
  void other_braces_of_an_argument_are_no_placeholders() throws Exception {
    var script = "[ \"$1\" = '{\"a\": {}, \"b\": { c }, \"d\": {1}}' ] || exit 3\n";
    var connector =
        CommandConnector.builder(
                List.of(
                    program(script + RESULT).toString(), "{\"a\": {}, \"b\": { c }, \"d\": {1}}"),
                workFolder())
            .build();
    assertThat(connector.attempt(attempt().build(), control).orElseThrow().result())
        .isEqualTo(RunResult.SUCCESS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{sourceFile}", "/opt/{connectorType}/run", "{program}"})
  void a_placeholder_is_no_program(String program) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> CommandConnector.builder(List.of(program), temporary))
        .withMessageContaining("only in its arguments");
  }

  @Test
  void limits_are_checked() {
    var builder = builder("");
    for (Callable<?> call :
        List.<Callable<?>>of(
            () -> builder.diskLimit(0),
            () -> builder.timeLimit(Duration.ZERO),
            () -> builder.silenceLimit(Duration.ZERO),
            () -> builder.lease(Duration.ofMillis(499)),
            () -> builder.grace(Duration.ofMillis(-1)),
            () -> builder.keptAfterFailure(Duration.ofHours(23)),
            () -> builder.timeLimit(Duration.ofDays(366)),
            () -> builder.environmentNames(Set.of("A=B")))) {
      assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(call::call);
    }
  }
}
