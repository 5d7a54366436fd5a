package io.storageconnections.application.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.outcome.Violation.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViolationTest {

  @ParameterizedTest
  @CsvSource({
    "iModelId, iModelId",
    "sourceFiles, sourceFiles",
    "sourceFiles[0], sourceFiles",
    "sourceFiles[12], sourceFiles",
    "sourceFiles[2].connectorType, connectorType"
  })
  void the_member_is_the_last_name_of_the_path(String path, String member) {
    assertThat(new Violation(Kind.INVALID, path).member()).isEqualTo(member);
  }
}
