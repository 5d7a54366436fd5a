package io.storageconnections.domain.run;

import static io.storageconnections.domain.connection.RandomCases.checkEach;
import static io.storageconnections.domain.connection.RandomCases.guid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.InvalidValueException;
import io.storageconnections.domain.connection.RunId;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the text form of every type that has one. */
class TextFormTest {

  static List<EnumType> enums() {
    return List.of(
        new EnumType("ErrorCategory", List.of(ErrorCategory.values()), ErrorCategory::parse),
        new EnumType("ErrorKey", List.of(ErrorKey.values()), ErrorKey::parse),
        new EnumType("ErrorSystem", List.of(ErrorSystem.values()), ErrorSystem::parse),
        new EnumType("RunResult", List.of(RunResult.values()), RunResult::parse),
        new EnumType("RunState", List.of(RunState.values()), RunState::parse));
  }

  record EnumType(String name, List<?> values, Function<String, Object> parse) {

    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource("enums")
  void the_text_form_of_each_constant_gives_the_constant(EnumType type) {
    for (var value : type.values()) {
      assertThat(type.parse().apply(value.toString())).isEqualTo(value);
    }
  }

  @ParameterizedTest
  @MethodSource("enums")
  void other_text_is_rejected(EnumType type) {
    var name = type.values().getFirst().toString();
    for (var text : List.of("", name + " ", name.toUpperCase(Locale.ROOT), "Unknown")) {
      assertThatExceptionOfType(InvalidValueException.class)
          .isThrownBy(() -> type.parse().apply(text));
    }
  }

  @Test
  void states_results_and_phases_have_the_names_that_clients_know() {
    assertThat(RunState.values())
        .extracting(RunState::toString)
        .containsExactlyInAnyOrder(
            "NotStarted",
            "Idle",
            "WaitingToExecute",
            "WaitingToRetry",
            "Executing",
            "Finalizing",
            "Completed",
            "Queued");
    assertThat(RunResult.values())
        .extracting(RunResult::toString)
        .containsExactlyInAnyOrder(
            "Undetermined",
            "Success",
            "Error",
            "PartialSuccess",
            "Skipped",
            "Cancelled",
            "TimedOut");
    assertThat(RunPhase.values())
        .extracting(RunPhase::toString)
        .containsExactly("Preprocessor", "MasterFile", "ReferenceFile");
  }

  @Test
  void systems_and_categories_have_the_names_of_the_public_catalogue() {
    assertThat(ErrorSystem.values())
        .extracting(ErrorSystem::toString)
        .containsExactly("cloud_orchestrator", "edge_orchestrator", "connector");
    assertThat(ErrorCategory.values())
        .extracting(ErrorCategory::toString)
        .containsExactly(
            "network",
            "ims_token_access",
            "imodel_access",
            "file_access",
            "data_conflict",
            "configuration",
            "other");
  }

  @Test
  void ids_are_guids() {
    var guid = UUID.fromString("de626d0d-1647-48d7-8c11-f1f74f2d4523");

    assertThat(RunId.parse("DE626D0D-1647-48D7-8C11-F1F74F2D4523"))
        .isEqualTo(new RunId(guid))
        .hasToString(guid.toString());
    assertThat(TaskId.parse(guid.toString()))
        .isEqualTo(new TaskId(guid))
        .hasToString(guid.toString());
    assertThat(new JobId(guid)).hasToString(guid.toString());
    assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> RunId.parse("1"));
    assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> TaskId.parse("1"));
  }

  @Test
  void a_run_key_is_the_id_of_the_connection_a_slash_and_the_id_of_the_run() {
    checkEach(random -> {
      var connection = new ConnectionId(new IModelId(guid(random)), guid(random));
      var key = new RunKey(connection, new RunId(guid(random)));

      assertThat(key).hasToString(connection + "/" + key.run());
      assertThat(RunKey.parse(key.toString())).isEqualTo(key);
    });
  }

  @Test
  void other_text_is_not_a_run_key() {
    var connection = new ConnectionId(new IModelId(new UUID(1, 2)), new UUID(3, 4)).toString();
    var run = new UUID(5, 6).toString();
    for (var text :
        List.of(
            "",
            "/",
            connection,
            run,
            connection + "/",
            "/" + run,
            connection + run,
            run + "/" + connection,
            connection + "/" + run + "/",
            connection + "//" + run,
            connection + " / " + run)) {
      assertThatExceptionOfType(InvalidValueException.class)
          .as(text)
          .isThrownBy(() -> RunKey.parse(text));
    }
  }
}
