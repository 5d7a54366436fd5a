package io.storageconnections.application.validation;

import static io.storageconnections.application.contract.TestValidator.VALIDATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.validation.ValidationException;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ParsableAsTest {

  @Test
  void the_parse_method_of_the_named_type_decides() {
    assertThat(VALIDATOR.validate(new Numbered("30"))).isEmpty();
    assertThat(VALIDATOR.validate(new Numbered("thirty"))).hasSize(1);
  }

  @Test
  void null_is_valid() {
    assertThat(VALIDATOR.validate(new Numbered(null))).isEmpty();
  }

  @Test
  void an_unexpected_exception_of_the_parse_method_is_not_a_violation() {
    assertThatExceptionOfType(ValidationException.class)
        .isThrownBy(() -> VALIDATOR.validate(new Failing("30")))
        .withStackTraceContaining(NoSuchElementException.class.getName());
  }

  @Test
  void a_type_without_a_parse_method_is_refused() {
    assertThatExceptionOfType(ValidationException.class)
        .isThrownBy(() -> VALIDATOR.validate(new Unparsable("30")))
        .withStackTraceContaining("has no parse(String)");
  }

  record Numbered(@ParsableAs(Decimal.class) @Nullable String text) {}

  record Failing(@ParsableAs(OutOfOrder.class) String text) {}

  record Unparsable(@ParsableAs(Object.class) String text) {}

  /** Accepts decimal digits. */
  public static final class Decimal {

    private Decimal() {}

    /** Refuses other text as {@link Integer#parseInt(String)} does. */
    public static int parse(String text) {
      return Integer.parseInt(text);
    }
  }

  /** Neither accepts nor refuses a text. */
  public static final class OutOfOrder {

    private OutOfOrder() {}

    /** Always throws an exception that does not mean an invalid text. */
    public static Object parse(String text) {
      return List.of().iterator().next() + text;
    }
  }
}
