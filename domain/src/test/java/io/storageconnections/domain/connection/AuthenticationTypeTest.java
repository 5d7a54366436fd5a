package io.storageconnections.domain.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTypeTest {

  @ParameterizedTest
  @CsvSource({"User, USER", "Service, SERVICE"})
  void the_text_form_is_User_or_Service(String text, AuthenticationType type) {
    assertThat(AuthenticationType.parse(text)).isEqualTo(type).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "user", "USER", "service", "SERVICE", " User", "User ", "Users", "None"})
  void other_text_is_rejected(String text) {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> AuthenticationType.parse(text));
  }
}
