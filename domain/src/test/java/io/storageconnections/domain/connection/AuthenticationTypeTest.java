package io.storageconnections.domain.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTypeTest {

  @ParameterizedTest
  @CsvSource({"User, USER", "Service, SERVICE"})
  void it_is_user_or_service(String text, AuthenticationType type) {
    assertThat(AuthenticationType.parse(text)).isEqualTo(type).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "user", "USER", "service", "SERVICE", " User", "User ", "Users", "None"})
  void other_text_is_refused(String text) {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> AuthenticationType.parse(text));
  }
}
