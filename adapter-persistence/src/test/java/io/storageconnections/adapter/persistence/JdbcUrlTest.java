package io.storageconnections.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcUrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:h2:mem:x",
        "jdbc:h2:mem:x;MODE=PostgreSQL",
        "jdbc:h2:file:/data/x",
        "jdbc:h2:~/x",
        "jdbc:postgresql:database",
        "jdbc:postgresql://host/database",
        "jdbc:postgresql://one:5432,other:5433/database?targetServerType=primary",
        "jdbc:postgresql://host/database?user=me&password=a%26b&sslmode=verify-full",
        "jdbc:postgresql://host/database?prepareThreshold=0&options=-c%20search_path=x",
      })
  void urls_of_h2_and_postgresql_are_accepted(String url) {
    assertThatCode(() -> JdbcUrl.check(url)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:",
        "h2:mem:x",
        "jdbc:h2:mem:",
        "jdbc:h2:mem:;MODE=PostgreSQL",
        "JDBC:H2:mem:x",
        "jdbc:mysql://sesame/x",
        "postgresql://me:sesame@host/database",
        " jdbc:h2:mem:x",
      })
  void other_urls_are_rejected_by_a_message_without_the_url(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JdbcUrl.check(url))
        .withMessageStartingWith("must be a JDBC URL of H2 or PostgreSQL")
        .satisfies(rejected ->
            assertThatCode(
                    () -> {
                      if (String.valueOf(rejected.getMessage()).contains("sesame")) {
                        throw new AssertionError(rejected);
                      }
                    })
                .doesNotThrowAnyException());
  }

  @Test
  void an_unknown_parameter_is_rejected_by_name() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            JdbcUrl.check(
                "jdbc:postgresql://host/database?sslmod=verify-full&user=me&SSLROOTCERT=sesame"))
        .withMessageContaining(": sslmod, SSLROOTCERT;")
        .withMessageNotContaining("sesame");
  }

  @Test
  void a_url_that_the_driver_cannot_parse_is_rejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JdbcUrl.check("jdbc:postgresql://host:sesame/database"))
        .withMessageContaining("understands")
        .withMessageNotContaining("sesame");
  }
}
